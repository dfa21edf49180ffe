// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileSystemWatcher>
#include <QTimer>
#include <QToolButton>
#include <QWidget>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "app/studio/document/document.h"
#include "app/studio/training/matrices_box.h"
#include "app/studio/training/runs_list.h"
#include "app/studio/training/time_line.h"
#include "app/studio/training/training_runs.h"
#include "app/studio/widgets/background.h"
#include "app/studio/widgets/elided_label.h"

namespace dnm {

/// The name of the step that makes this moment of a run the working network: "use of the network after update 12, …".
[[nodiscard]] QString use_words(const ShownRun& run);

/// The time line of one run, the selected one or else the one on screen, with a button that plays it and the choice of
/// the matrices that are shown, where there is one. Hidden for runs that keep their links. Its moments are read and
/// rebuilt on a thread of its own, also while the run writes them.
class MomentPanel : public QWidget {
  Q_OBJECT
 public:
  MomentPanel(Document& document, TrainingRuns& runs, RunsList& list, QWidget* parent);

  [[nodiscard]] TimeLine& time_line() { return *line_; }
  /// Reads a moment, or what the run has added.
  [[nodiscard]] bool is_busy() const { return background_.is_busy(); }
  void set_updates_per_second(int count);

 private:
  /// The run whose time line this is.
  struct Subject {
    ShownRun run{};                               ///< after its last update
    bool has_topology = false;                    ///< that was reported, or is on screen
    std::optional<ModelParameters> parameters{};  ///< that its experiment began with
    std::uint64_t updates = 0;                    ///< that it has reported
    int epochs = 0;                               ///< to train; 0: not known
    [[nodiscard]] bool is_same_run(const ShownRun& other) const;
  };
  /// What is to be shown next.
  struct Wanted {
    std::uint64_t update = 0;
    std::optional<std::uint64_t> compared{};
    bool dragging = false;
    bool working = false;                   ///< as the working network
    std::optional<std::string> matrices{};  ///< that were chosen; nothing: those that are shown
  };

  [[nodiscard]] std::optional<Subject> subject() const;
  /// The run on screen if it is the subject.
  [[nodiscard]] const ShownRun* shown() const;
  void show_subject();
  void show_line();
  /// The group that is shown, of this run or of the one on screen where this one has it too; else the first.
  [[nodiscard]] std::string shown_matrices() const;
  void choose(const std::string& matrices);
  void show_play_sign();
  void read_on();
  /// Notices what is written by another program that trains this run.
  void watch_file();
  void want(const Wanted& wanted);
  void fetch();
  void show_moment(const ShownRun& run, const Wanted& wanted);
  void begin_gesture();
  void end_gesture();
  void play_or_pause();
  void play_on();

  Document& document_;
  TrainingRuns& runs_;
  RunsList& list_;
  QToolButton* play_;
  QToolButton* speed_;
  MatricesBox* matrices_;
  TimeLine* line_;
  ElidedLabel* problem_;
  QTimer play_timer_;
  QString trouble_;  ///< why there is no time line; empty: there is one
  QFileSystemWatcher watcher_;
  std::optional<Subject> subject_;
  std::shared_ptr<RunMoments> moments_;  ///< used by the thread of background_ alone
  std::optional<Wanted> wanted_;
  bool fetching_ = false;
  bool reading_on_ = false;
  bool read_again_ = false;       ///< the run was rewired meanwhile
  bool in_gesture_ = false;       ///< a drag, or playing
  std::uint64_t gesture_ = 0;     ///< moments shown in one gesture are one undo step
  std::uint64_t asked_at_ = 0;    ///< reported updates when the file was last read
  std::string asked_matrices_{};  ///< the group that was counted
  Background background_;         ///< last, since its outcomes use the rest
};

}  // namespace dnm
