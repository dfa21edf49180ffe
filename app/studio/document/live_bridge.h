// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <atomic>
#include <string>
#include <vector>

#include "app/studio/document/document.h"
#include "core/live/live_pipeline.h"
#include "viz/scenes/scene_input.h"

namespace dnm {

/// Hands the document's state to the live pipeline and its results to the window: each change is submitted at once
/// (a draft while dragging), and the newest snapshot is taken on the window's thread at most 40 times a second.
class LiveBridge : public QObject {
  Q_OBJECT
 public:
  explicit LiveBridge(Document& document, QObject* parent = nullptr);

  /// The newest one taken; changes only right before updated().
  [[nodiscard]] const LiveSnapshot& snapshot() const { return snapshot_; }
  /// The network of the document's present state, or null while it is still being drawn.
  [[nodiscard]] NetworkPointer current_network() const;
  /// Everything of the document's present state is computed in full quality (or has failed).
  [[nodiscard]] bool is_settled() const;
  /// snapshot() is that of the document's present state, however much of it is computed.
  [[nodiscard]] bool is_newest() const { return snapshot_.generation == generation_; }
  /// Notices from drawing the present network.
  [[nodiscard]] const std::vector<std::string>& notices() const { return snapshot_.notices; }
  /// A draft network while dragging; the views then thin out more links.
  [[nodiscard]] bool is_draft() const { return snapshot_.request.quality == LiveQuality::draft; }
  /// What the pictures of the present network are made of.
  [[nodiscard]] const SceneInput& scene_input() const { return scene_input_; }

  /// Starts or stops computing the p-value of γ, too. It stays on until the network changes, except for the rewiring of
  /// a run that is followed.
  void set_p_value_wanted(bool wanted);
  /// The same for the comparison of every measure with randomised copies.
  void set_chance_wanted(bool wanted);
  [[nodiscard]] bool wants_p_value() const { return p_value_samples_ > 0; }
  [[nodiscard]] bool wants_chance() const { return chance_copies_ > 0; }

  /// Milliseconds since the newest request was submitted.
  [[nodiscard]] qint64 elapsed() const { return since_submit_.isValid() ? since_submit_.elapsed() : 0; }
  void cancel();
  /// Submits the present state again, after cancel().
  void refresh() { submit(); }

 Q_SIGNALS:
  void updated();

 private:
  void on_changed();
  void submit();
  void take();
  void take_now();

  Document& document_;
  LiveSnapshot snapshot_;
  ModelParameters submitted_parameters_;
  Shown submitted_shown_;
  ViewSettings submitted_view_;
  SceneInput scene_input_;
  int p_value_samples_ = 0;
  int chance_copies_ = 0;
  std::uint64_t generation_ = 0;
  QElapsedTimer since_submit_;
  QElapsedTimer since_take_;
  QTimer take_timer_;
  std::atomic<bool> pending_ = false;
  LivePipeline pipeline_;  // last, because its workers call back until it is destroyed
};

}  // namespace dnm
