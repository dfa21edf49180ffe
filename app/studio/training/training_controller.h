// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <vector>

#include "app/studio/document/document.h"
#include "app/studio/document/live_bridge.h"
#include "app/studio/training/training_runs.h"

namespace dnm {

/// What "Start" means: what trains is what is on screen. It asks for a resize where the data want one, waits until the
/// network is drawn, and hands over to the runs.
class TrainingController : public QObject {
  Q_OBJECT
 public:
  TrainingController(Document& document, LiveBridge& live, TrainingRuns& runs, QObject* parent = nullptr);

  /// A start waits for the network on screen to be drawn.
  [[nodiscard]] bool is_waiting_for_network() const { return waiting_; }

  /// Trains what is on screen under the document's seeds, once those runs that came before leave room; asks by
  /// resize_wanted() first when the data do not fit its first layer.
  void start();
  /// The answer to resize_wanted(): resizes the layers (one undo step) and trains the new network.
  void resize_and_start();
  /// Starts where nothing trains, else pauses all that trains or, where that is so already, resumes it.
  void toggle();
  /// Gives up a start that waits for the network.
  void cancel_start();

  /// The layer sizes the data and the hidden sizes of the training settings ask for; throws InvalidInput.
  [[nodiscard]] std::vector<NodeIndex> wanted_layers() const;
  /// Whether the network on screen is one of those that Start trains: else its seed is not among the seeds.
  [[nodiscard]] bool trains_what_is_on_screen() const;

 Q_SIGNALS:
  void changed();
  void started(std::uint64_t experiment);
  void resize_wanted(const QString& question);
  void message(const QString& text);

 private:
  void continue_when_drawn();
  void set_waiting(bool waiting);

  Document& document_;
  LiveBridge& live_;
  TrainingRuns& runs_;
  bool waiting_ = false;
};

}  // namespace dnm
