// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <filesystem>
#include <string>
#include <vector>

#include "app/studio/document/document.h"
#include "app/studio/document/live_bridge.h"
#include "app/studio/training/training_runs.h"
#include "app/workspace/experiments/comparison_rows.h"

namespace dnm {

/// One group of runs of a comparison: its rewiring rule, and the row whose networks it trains; null: that on screen.
struct ComparedStart {
  std::string rule;
  const ComparisonRow* row = nullptr;
};

/// Starts training: the network on screen is trained. Requests a resize if its first layer does not fit the data, waits
/// until the network is drawn, and starts the runs.
class TrainingController : public QObject {
  Q_OBJECT
 public:
  TrainingController(Document& document, LiveBridge& live, TrainingRuns& runs, QObject* parent = nullptr);

  /// Where runs that are given no run folder get one each; empty: they have none.
  void set_runs_folder(std::filesystem::path folder);
  [[nodiscard]] const std::filesystem::path& runs_folder() const { return runs_folder_; }

  /// A start waits for the network on screen to be drawn.
  [[nodiscard]] bool is_waiting_for_network() const { return waiting_; }

  /// Queues training of the network on screen under the document's seeds; emits resize_requested() instead if the data
  /// do not fit its first layer, origin_requested() if what is on screen is the rewired network of a run and not in use
  /// as the working network, and message() if the data are not there.
  void start();
  /// The same for several groups: under each rule the network on screen, or those of a row with its layers, sparsity
  /// and seeds.
  void start_compared(std::vector<ComparedStart> starts);
  /// The answers to origin_requested(): emits origin_chosen(), or trains the rewired network.
  void start_from_origin();
  void start_as_shown();
  /// The answer to resize_requested(): resizes the layers (one undo step) and trains the new network.
  void resize_and_start();
  /// Starts if nothing trains; otherwise pauses all runs or, if all are paused, resumes them.
  void toggle();
  /// Cancels a start that waits for the network.
  void cancel_start();

  /// The layer sizes given by the data and the hidden sizes of the training settings. Throws InvalidInput.
  [[nodiscard]] std::vector<NodeIndex> wanted_layers() const;
  /// Whether the network on screen is one of those that start() trains: not if its seed is not among the seeds.
  [[nodiscard]] bool trains_what_is_on_screen() const;

 Q_SIGNALS:
  void changed();
  void started(std::uint64_t experiment);
  /// After the last group of start_compared().
  void comparison_started();
  void resize_requested(const QString& question);
  void origin_requested(const QString& question);
  /// `next` shows what the run that is on screen began with; once it is the document's state, with its network read,
  /// start_as_shown() trains it.
  void origin_chosen(const QString& what, const dnm::WorkspaceState& next);
  void message(const QString& text);
  /// What a message said is over: another start was asked for.
  void problem_over(const QString& text);

 private:
  /// Throws InvalidInput where what is on screen, or the shape of the model, cannot be.
  void start_drawing_matrices();
  void start_runs(NetworkPointer network);
  void continue_when_drawn();
  void report(const QString& problem);
  void withdraw_problems();
  void set_waiting(bool waiting);
  /// Whether the data are there and sound, as far as is quickly seen: before anything is changed for them. Throws
  /// FileError, InvalidInput, ResourceError.
  void check_data() const;
  void begin();
  /// What is started: the document's state, as one group of a comparison if one is named, with a run folder.
  [[nodiscard]] ExperimentPlan plan(const ComparedStart* compared) const;

  Document& document_;
  LiveBridge& live_;
  TrainingRuns& runs_;
  std::filesystem::path runs_folder_;
  std::vector<ComparedStart> compared_;  ///< to be started; empty: the document's state is
  bool waiting_ = false;
  QStringList problems_;  ///< why nothing started
};

}  // namespace dnm
