// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeWidget>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace/experiments/experiment_runner.h"

namespace dnm {

/// A row for each experiment, and below it a row per run if there are several. Leaves Space to the panel, which starts
/// and pauses training by it, and shows details as tool tips.
class RunsTree : public QTreeWidget {
  Q_OBJECT
 public:
  RunsTree(const ExperimentRunner& runner, QWidget* parent);

  /// Makes rows, columns and header those of the runner's experiments now.
  void show_runs();
  /// The same after a row was edited, of which the text may be one that was rejected.
  void show_runs_anew();

  /// The selected experiment or run; none while the list is empty.
  [[nodiscard]] std::optional<RunKey> selected() const;
  /// Of a seed that has no row, selects the experiment.
  void select(const RunKey& key);
  /// Opens the editor of an experiment's name.
  void edit_name(std::uint64_t experiment);

 Q_SIGNALS:
  void selection_changed();
  void name_edited(std::uint64_t experiment, const QString& name);
  void check_changed(std::uint64_t experiment, bool checked);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool viewportEvent(QEvent* event) override;

 private:
  /// What a row and its children are made from, as long as their experiment is over.
  struct Shown {
    std::string name;
    std::string stages;  ///< of the experiment, then of its runs
    std::size_t epochs = 0;
    std::size_t color = 0;
    bool visible = true;
    bool narrow = false;
    bool dark = false;
    bool operator==(const Shown&) const = default;
  };

  void make_columns();
  [[nodiscard]] QTreeWidgetItem* row_of(const RunKey& key) const;
  [[nodiscard]] bool rows_fit() const;
  void rebuild();
  /// Names the columns by the leading metric of the first experiment.
  void show_header();
  /// Shows the columns that fit.
  void show_columns();
  [[nodiscard]] Shown shown(const Experiment& experiment) const;
  void show_experiment(QTreeWidgetItem& row, const Experiment& experiment, double time_left);
  void fill(QTreeWidgetItem& to, const QString& name, RunStage stage, const QString& state,
            const ExperimentSummary& summary, const QString& left);
  void on_item_changed(QTreeWidgetItem* row, int column);

  const ExperimentRunner& runner_;
  const Metric* named_by_ = nullptr;  ///< what the header names now
  std::map<int, int> widths_;         ///< of the columns, if they fit
  int narrow_state_width_ = 0;        ///< where state and accuracy share a column
  bool is_narrow_ = false;            ///< they do so now
  std::vector<Shown> shown_;          ///< in the rows, where their experiment is over
};

}  // namespace dnm
