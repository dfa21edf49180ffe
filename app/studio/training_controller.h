// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <memory>
#include <vector>

#include "app/studio/document.h"
#include "app/studio/live_bridge.h"
#include "training/runs/training_module.h"

namespace dnm {

/// Runs the training of the network on screen. Nothing here waits for the training module: loading it, reading data
/// and ending a run happen on a worker, and a run under way is polled.
class TrainingController : public QObject {
  Q_OBJECT
 public:
  enum class Phase { idle, waiting_for_network, starting, active };

  /// What is shown of a run, all of its epochs included.
  struct Picture {
    Phase phase = Phase::idle;
    TrainingProgress progress{};  ///< `epochs_done` and `rewired` are taken out
    std::vector<EpochResult> epochs{};
    bool stopping = false;
    bool has_run = false;        ///< there is or was one
    QString network{};           ///< "784-1568-1568-1568, 61,465 links"
    QString data_set{};          ///< "Fashion-MNIST"
    std::uint64_t revision = 0;  ///< LiveBridge::revision() of the network that trains
  };

  TrainingController(Document& document, LiveBridge& live, QObject* parent = nullptr);
  ~TrainingController() override;  ///< stops a run and waits for its end

  [[nodiscard]] const Picture& picture() const { return picture_; }
  [[nodiscard]] bool is_busy() const { return picture_.phase != Phase::idle; }
  /// In words: "running", "paused", "waiting for the network", …
  [[nodiscard]] QString state_text() const;

  /// Trains what is on screen; asks by resize_wanted() first when the data do not fit its first layer.
  void start();
  /// The answer to resize_wanted(): resizes the layers (one undo step) and trains the new network.
  void resize_and_start();
  /// Starts, pauses or goes on, whichever applies.
  void toggle();
  void stop();

  /// The layer sizes the data and the hidden sizes of the training settings ask for; throws InvalidInput.
  [[nodiscard]] std::vector<NodeIndex> wanted_layers() const;

 Q_SIGNALS:
  void changed();
  void resize_wanted(const QString& question);
  void message(const QString& text);

 private:
  void set_phase(Phase phase);
  void continue_when_drawn();
  void launch(NetworkPointer network);
  void started(std::shared_ptr<TrainingRun> run, const QString& problem);
  void poll();
  void retire(std::shared_ptr<TrainingRun> run);

  Document& document_;
  LiveBridge& live_;
  Picture picture_;
  std::shared_ptr<TrainingRun> run_;
  bool stop_when_started_ = false;
  QTimer poll_timer_;
  QThreadPool worker_;
};

}  // namespace dnm
