// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/runs_list.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "app/studio/training/run_details.h"
#include "app/studio/training/runs_tree.h"
#include "app/studio/widgets/dark_palette.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/experiments/experiment_words.h"
#include "app/workspace/words.h"
#include "training/runs/training_parameters.h"
#include "training/tasks/task_table.h"

namespace dnm {

namespace {

constexpr int column_count = left_column + 1;
constexpr int color_role = Qt::UserRole + 2;
constexpr int narrowest_name = 175;
constexpr int most_jobs = 256;

/// " %" behind the name of a column of fractions.
QString unit_words(const Metric& metric) {
  return metric.unit == MetricUnit::fraction ? QStringLiteral(" %") : QString();
}

/// Without the unit, which is in the header.
QString cell(const ExperimentSummary& summary, std::span<const double> values) {
  return values.empty() ? QStringLiteral("–") : to_qt(mean_cell(summary.metric, values));
}

/// "running 3/5" as "3/5: 87.53", "stopped (1 of 3)" as "stopped: 86.04", "finished" as "88.45 ± 0.02": for a list that
/// has no room for both.
QString state_with_accuracy(RunStage stage, const QString& state, const ExperimentSummary& summary) {
  if (summary.last.empty() || state.contains(':')) return translated(state);
  if (stage == RunStage::finished) return cell(summary, summary.last);
  const QString epoch = stage == RunStage::running ? state.section(' ', 1, 1) : QString();
  const QString what = epoch.isEmpty() ? state.section(' ', 0, 0) : epoch;
  return translated(QString(what).remove(',')) + ": " +
         to_qt(mean_cell(summary.metric, std::vector{mean_with_error(summary.last).mean}));
}

/// Whether an epoch of it was measured on examples that were held out.
bool is_validated(const Experiment& experiment) {
  const Metric& selecting = *metrics_of(experiment).selecting;
  const auto has_value = [&](const EpochResult& epoch) { return epoch.values.get(selecting).has_value(); };
  return std::ranges::any_of(experiment.runs,
                             [&](const ExperimentRun& run) { return std::ranges::any_of(run.epochs, has_value); });
}

}  // namespace

RunsList::RunsList(TrainingRuns& runs, QWidget* parent) : QWidget(parent), runs_(runs), runner_(runs.runner()) {
  setObjectName("runs-panel");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  auto* line = new QHBoxLayout;
  line->setSpacing(6);
  auto* title = new QLabel(tr("Runs"), this);
  QFont bold = title->font();
  bold.setBold(true);
  title->setFont(bold);
  line->addWidget(title);
  line->addStretch(1);
  jobs_ = new NumberBox(tr("Runs side by side"), {1, most_jobs, 1}, true, this);
  jobs_->setObjectName("runs-jobs");
  jobs_->setToolTip(tr("How many runs train at once and share the processors; the others wait their turn"));
  jobs_->setSuffix(tr(" at once"));
  jobs_->setValue(runner_.jobs());
  connect(jobs_, &NumberBox::valueChanged, this, [this](double jobs) { runs_.set_jobs(static_cast<unsigned>(jobs)); });
  connect(jobs_, &NumberBox::rejected, this, &RunsList::rejected);
  line->addWidget(jobs_);
  auto* actions = new QToolButton(this);
  actions->setObjectName("run-actions");
  actions->setAccessibleName(tr("Actions on the selected run"));
  actions->setText(tr("Actions"));
  actions->setPopupMode(QToolButton::InstantPopup);
  line->addWidget(actions);
  column->addLayout(line);

  splitter_ = new QSplitter(Qt::Vertical, this);
  splitter_->setChildrenCollapsible(false);
  make_tree();
  splitter_->addWidget(tree_);
  details_ = new QLabel;
  details_->setObjectName("run-details");
  details_->setTextFormat(Qt::RichText);
  details_->setWordWrap(true);
  details_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  details_->setMargin(4);
  details_->setMinimumWidth(1);  // it wraps, however narrow the list
  details_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  details_area_ = new QScrollArea(splitter_);
  details_area_->setAccessibleName(tr("Details of the selected run"));
  details_area_->setWidgetResizable(true);
  details_area_->setWidget(details_);
  splitter_->addWidget(details_area_);
  splitter_->setStretchFactor(0, 1);
  splitter_->setStretchFactor(1, 1);
  details_area_->hide();
  column->addWidget(splitter_, 1);

  make_actions();
  actions->setMenu(menu_);
  connect(&runs_, &TrainingRuns::changed, this, &RunsList::show_runs);
  show_runs();
}

void RunsList::make_tree() {
  tree_ = new RunsTree(runner_, this);
  tree_->setIconSize(curve_icon_size);
  tree_->setObjectName("runs");
  tree_->setAccessibleName(tr("Runs"));
  tree_->setColumnCount(column_count);
  tree_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  tree_->setSelectionMode(QAbstractItemView::SingleSelection);
  tree_->setAllColumnsShowFocus(true);
  tree_->setUniformRowHeights(true);
  tree_->setIndentation(12);
  tree_->setContextMenuPolicy(Qt::CustomContextMenu);
  tree_->setTextElideMode(Qt::ElideRight);  // what the names of a list have in common comes last
  tree_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  tree_->setMinimumSize(200, 60);
  QHeaderView* header = tree_->header();
  header->setStretchLastSection(false);
  header->setMinimumSectionSize(16);
  header->setSectionResizeMode(name_column, QHeaderView::Stretch);
  const std::pair<RunsColumn, QString> widest[] = {{state_column, translated(QStringLiteral("running 100/100"))},
                                                   {count_column, "88†"},
                                                   {last_column, "88.88 ± 8.88"},
                                                   {best_column, "88.88 ± 8.88"},
                                                   {validation_column, tr("Best val.") + " %"},
                                                   {left_column, "88:88"}};
  const auto width_of = [this](const QString& text) { return tree_->fontMetrics().horizontalAdvance(text) + 10; };
  narrow_state_width_ = std::max(width_of("88.88 ± 8.88"), width_of("100/100: 88.88"));
  for (const auto& [which, text] : widest) {
    widths_[which] = width_of(text);
    header->resizeSection(which, widths_[which]);
  }
  for (int which = count_column; which < column_count; ++which)
    tree_->headerItem()->setTextAlignment(which, Qt::AlignRight | Qt::AlignVCenter);
  connect(tree_, &QTreeWidget::itemChanged, this, &RunsList::on_item_changed);
  connect(tree_, &QTreeWidget::currentItemChanged, this, [this] {
    busy_before_.reset();
    show_actions();
    show_details();
    Q_EMIT selection_changed();
  });
  connect(tree_, &QTreeWidget::customContextMenuRequested, this, [this](const QPoint& at) {
    if (tree_->itemAt(at)) menu_->popup(tree_->viewport()->mapToGlobal(at));
  });
}

void RunsList::show_header() {
  const auto& experiments = runner_.experiments();
  const Metric& metric =
      *(experiments.empty() ? metrics_of(TrainingSettings{}) : metrics_of(experiments.front())).leading;
  if (std::exchange(named_by_, &metric) == &metric) return;
  const QString unit = unit_words(metric);
  tree_->setHeaderLabels(
      {tr("Run"), tr("State"), "N", tr("Last") + unit, tr("Best") + unit, tr("Best val.") + unit, tr("Left")});
  const QString label = translated(metric.label);
  const std::pair<RunsColumn, QString> meanings[] = {
      {name_column, tr("A group of runs that differ only in their seed; checked: shown in the chart")},
      {state_column, tr("State, and the epoch of how many")},
      {count_column,
       tr("Number of runs that the results are averaged over.") + " " + translated(incomplete_mark_meaning)},
      {last_column, tr("%1 at the last epoch that all its runs have: mean ± standard error over the seeds").arg(label)},
      {best_column, tr("%1 at the epoch that was best on the test data: mean ± standard error").arg(label)},
      {validation_column,
       tr("%1 at the epoch that was best on the examples held out: mean ± standard error").arg(label)},
      {left_column, tr("Time until it ends, waiting for its turn included")}};
  for (const auto& [which, meaning] : meanings) tree_->headerItem()->setToolTip(which, meaning);
  tree_->setAccessibleDescription(tr("Groups of runs with their state and %1; F2 renames, Delete discards")
                                      .arg(translated(in_sentence(metric.label))));
}

QAction* RunsList::add_action(const char* name, const QString& text, const QKeySequence& key, void (RunsList::*act)()) {
  QAction* action = menu_->addAction(text);
  action->setObjectName(name);
  if (!key.isEmpty()) {
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);  // while the list has the focus
    action->setShortcutVisibleInContextMenu(true);
  }
  tree_->addAction(action);
  connect(action, &QAction::triggered, this, act);
  return action;
}

void RunsList::make_actions() {
  menu_ = new QMenu(tr("Selected Run"), this);
  menu_->setObjectName("run-menu");
  menu_->setAccessibleName(tr("Actions on the selected run"));
  pause_ = add_action("run-pause", tr("Pause"), {}, &RunsList::pause_or_resume);
  stop_ = add_action("run-stop", tr("Stop and Keep"), {}, &RunsList::stop);
  longer_ = add_action("run-longer", tr("Train Longer …"), {}, &RunsList::train_longer);
  discard_ = add_action("run-discard", tr("Discard …"), QKeySequence(Qt::Key_Delete), &RunsList::discard);
  menu_->addSeparator();
  rename_ = add_action("run-rename", tr("Rename"), QKeySequence(Qt::Key_F2), &RunsList::rename);
  show_ = add_action("run-show", tr("Show in Chart"), QKeySequence(Qt::Key_V), &RunsList::show_or_hide);
  show_->setCheckable(true);
  restore_ = add_action("run-restore", tr("Restore Its Settings"), {}, &RunsList::restore);
  menu_->addSeparator();
  details_action_ =
      add_action("run-details-toggle", tr("Details"), QKeySequence(Qt::Key_D), &RunsList::open_or_close_details);
  details_action_->setCheckable(true);
  details_action_->setToolTip(tr("Throughput, memory, engine, speed-up, notes and run folder of the selected row"));
  menu_->setToolTipsVisible(true);
  pause_->setToolTip(
      tr("A run that was stopped or failed continues from the last checkpoint in its run folder, or starts again"));
  longer_->setToolTip(
      tr("Continues all runs of the group from their run folders, for more epochs than they were started with"));
  restore_->setToolTip(
      tr("Puts the model and the training settings it was started with into the window (one undo step)"));
}

std::optional<RunKey> RunsList::selected() const {
  const QTreeWidgetItem* row = tree_->currentItem();
  return row ? std::optional(key_of(*row)) : std::nullopt;
}

QTreeWidgetItem* RunsList::row_of(const RunKey& key) const {
  for (int i = 0; i < tree_->topLevelItemCount(); ++i) {
    QTreeWidgetItem* row = tree_->topLevelItem(i);
    if (key_of(*row).experiment != key.experiment) continue;
    for (int child = 0; key.seed && child < row->childCount(); ++child)
      if (key_of(*row->child(child)) == key) return row->child(child);
    return row;
  }
  return nullptr;
}

void RunsList::select(const RunKey& key) {
  if (QTreeWidgetItem* row = row_of(key)) tree_->setCurrentItem(row);
}

bool RunsList::rows_fit() const {
  const auto& experiments = runner_.experiments();
  if (static_cast<std::size_t>(tree_->topLevelItemCount()) != experiments.size()) return false;
  for (std::size_t i = 0; i < experiments.size(); ++i) {
    const QTreeWidgetItem& row = *tree_->topLevelItem(static_cast<int>(i));
    const std::size_t children = experiments[i].runs.size() > 1 ? experiments[i].runs.size() : 0;
    if (key_of(row).experiment != experiments[i].id || static_cast<std::size_t>(row.childCount()) != children)
      return false;
    for (std::size_t run = 0; run < children; ++run)
      if (key_of(*row.child(static_cast<int>(run))).seed != experiments[i].runs[run].seed) return false;
  }
  return true;
}

void RunsList::rebuild() {
  const std::optional<RunKey> before = selected();
  const int place =
      before && row_of({before->experiment, {}}) ? tree_->indexOfTopLevelItem(row_of({before->experiment, {}})) : -1;
  std::vector<std::uint64_t> open;
  for (int i = 0; i < tree_->topLevelItemCount(); ++i)
    if (tree_->topLevelItem(i)->isExpanded()) open.push_back(key_of(*tree_->topLevelItem(i)).experiment);
  {
    const QSignalBlocker quiet(tree_);
    tree_->clear();
    shown_.clear();
    for (const Experiment& experiment : runner_.experiments()) {
      auto* row = new QTreeWidgetItem(tree_);
      row->setData(name_column, experiment_role, qulonglong{experiment.id});
      row->setFlags(row->flags() | Qt::ItemIsEditable | Qt::ItemIsUserCheckable);
      for (std::size_t i = 0; experiment.runs.size() > 1 && i < experiment.runs.size(); ++i) {
        auto* child = new QTreeWidgetItem(row);
        child->setData(name_column, experiment_role, qulonglong{experiment.id});
        child->setData(name_column, seed_role, qulonglong{experiment.runs[i].seed});
      }
      row->setExpanded(std::ranges::find(open, experiment.id) != open.end());
    }
  }
  if (before && row_of(*before))
    select(*before);
  else if (const int rows = tree_->topLevelItemCount(); rows > 0)
    tree_->setCurrentItem(tree_->topLevelItem(std::clamp(place, 0, rows - 1)));
  else
    Q_EMIT selection_changed();
}

void RunsList::show_runs() {
  if (!rows_fit()) rebuild();
  show_header();
  show_columns();
  const auto& experiments = runner_.experiments();
  const std::vector<double> left = seconds_left(experiments, runner_.jobs());
  {
    const QSignalBlocker quiet(tree_);
    shown_.resize(experiments.size());
    for (std::size_t i = 0; i < experiments.size(); ++i) {
      // Of a folder of thousands of runs few change while others train.
      Shown now = is_over(stage_of(experiments[i])) ? shown(experiments[i]) : Shown();
      if (!now.stages.empty() && now == shown_[i]) continue;
      show_experiment(*tree_->topLevelItem(static_cast<int>(i)), experiments[i], left[i]);
      shown_[i] = std::move(now);
    }
  }
  if (jobs_->value() != runner_.jobs()) jobs_->setValue(runner_.jobs());
  show_actions();
  show_details();
  follow();
}

void RunsList::follow() {
  // When the selected experiment ends while others train, select one of those.
  const std::optional<RunKey> now = selected();
  const bool ended = now && busy_before_ == now && !runner_.is_busy({now->experiment, {}});
  busy_before_ = now && runner_.is_busy(*now) ? now : std::nullopt;
  if (!ended) return;
  for (const Experiment& experiment : runner_.experiments())
    if (runner_.is_busy({experiment.id, {}})) return select({experiment.id, {}});
}

RunsList::Shown RunsList::shown(const Experiment& experiment) const {
  Shown made{.name = experiment.name,
             .stages = stage_text(experiment),
             .color = experiment.color,
             .visible = experiment.visible,
             .narrow = is_narrow_,
             .dark = is_dark(palette())};
  for (const ExperimentRun& run : experiment.runs) {
    made.stages += "\n" + stage_text(run);
    made.epochs += run.epochs.size();
  }
  return made;
}

void RunsList::show_experiment(QTreeWidgetItem& row, const Experiment& experiment, double time_left) {
  const auto fill = [this](QTreeWidgetItem& to, const QString& name, RunStage stage, const QString& state,
                           const ExperimentSummary& summary, const QString& left) {
    const QString mark = to_qt(incomplete_mark(summary));
    to.setText(name_column, to.parent() && !mark.isEmpty() ? name + " " + mark : name);
    to.setText(state_column, is_narrow_ ? state_with_accuracy(stage, state, summary) : translated(state));
    to.setText(count_column,
               to.parent() || summary.last.empty() ? QString() : QString::number(summary.last.size()) + mark);
    to.setText(last_column, cell(summary, summary.last));
    to.setText(best_column, cell(summary, summary.best_on_test));
    to.setText(validation_column, cell(summary, summary.at_best_validation));
    to.setText(left_column, left);
    for (int which = count_column; which < column_count; ++which)
      to.setTextAlignment(which, Qt::AlignRight | Qt::AlignVCenter);
    QString spoken = name + ", " + translated(state);
    if (!summary.last.empty())
      spoken += ", " +
                tr("%1 last %2, best %3, %4")
                    .arg(translated(in_sentence(summary.metric->label)), to_qt(mean_text(summary.metric, summary.last)),
                         to_qt(mean_text(summary.metric, summary.best_on_test)), translated(count_text(summary)));
    to.setData(name_column, Qt::AccessibleTextRole, spoken);
  };
  const RunStage stage = stage_of(experiment);
  fill(row, to_qt(experiment.name), stage, to_qt(stage_text(experiment)), summary_of(experiment),
       is_over(stage) ? QString() : to_qt(time_left_text(time_left)));
  const QVariant color = QStringLiteral("%1 %2").arg(experiment.color).arg(is_dark(palette()));
  if (row.data(name_column, color_role) != color) {
    row.setData(name_column, color_role, color);
    row.setIcon(name_column, curve_icon(experiment.color, palette().color(QPalette::Base), devicePixelRatioF()));
  }
  row.setCheckState(name_column, experiment.visible ? Qt::Checked : Qt::Unchecked);
  for (int i = 0; i < row.childCount(); ++i) {
    const ExperimentRun& run = experiment.runs[static_cast<std::size_t>(i)];
    fill(*row.child(i), tr("seed %1").arg(run.seed), stage_of(run), to_qt(stage_text(run)),
         summary_of(experiment, &run),
         is_over(stage_of(run)) ? QString() : to_qt(time_left_text(seconds_left(experiment, run))));
  }
}

void RunsList::show_columns() {
  const bool validated = std::ranges::any_of(runner_.experiments(), is_validated);
  // Columns that do not fit are in the details. Name and state are always shown; in a narrow list the state column has
  // the accuracy, too.
  const int width = tree_->viewport()->width();
  int room = width - narrowest_name - widths_.at(state_column);
  is_narrow_ = room < widths_.at(last_column);
  const int state = is_narrow_ ? narrow_state_width_ : widths_.at(state_column);
  if (tree_->columnWidth(state_column) != state) tree_->setColumnWidth(state_column, state);
  tree_->headerItem()->setText(state_column, is_narrow_ ? tr("State, last") + unit_words(*named_by_) : tr("State"));
  for (const RunsColumn which : {last_column, left_column, best_column, count_column, validation_column}) {
    const bool wanted = which == validation_column ? validated : which == left_column ? runner_.is_busy() : true;
    if (wanted) room -= widths_.at(which);
    const bool hidden = !wanted || room < 0;
    if (tree_->isColumnHidden(which) != hidden) tree_->setColumnHidden(which, hidden);
  }
}

void RunsList::show_actions() {
  const std::optional<RunKey> key = selected();
  const bool busy = key && runner_.is_busy(*key);
  const ExperimentRun* run = key ? runner_.run(*key) : nullptr;
  const Experiment* experiment = key ? runner_.experiment(key->experiment) : nullptr;
  const bool stopping = run ? run->stopping : experiment && is_stopping(*experiment);
  const bool can_resume = key && !busy && runner_.can_resume(*key);
  pauses_ = !can_resume && !(key && runner_.is_paused(*key));
  pause_->setText(pauses_ ? tr("Pause") : tr("Resume"));
  pause_->setEnabled(can_resume || (busy && !stopping));
  stop_->setEnabled(busy && !stopping);
  longer_->setEnabled(experiment && can_train_longer(*experiment));
  discard_->setEnabled(experiment);
  rename_->setEnabled(experiment);
  show_->setEnabled(experiment);
  show_->setChecked(experiment && experiment->visible);
  restore_->setEnabled(experiment);
}

void RunsList::show_details() {
  if (!details_area_->isVisibleTo(this)) return;
  const std::optional<RunKey> key = selected();
  const Experiment* experiment = key ? runner_.experiment(key->experiment) : nullptr;
  const QString text = experiment ? details_html(*experiment, runner_.run(*key)) : tr("Nothing has been trained yet.");
  if (text != details_->text() && !details_->hasSelectedText()) details_->setText(text);
}

void RunsList::open_or_close_details() {
  details_area_->setVisible(details_action_->isChecked());
  const int height = splitter_->height();
  splitter_->setSizes({height * 2 / 5, height * 3 / 5});
  show_details();
}

void RunsList::on_item_changed(QTreeWidgetItem* row, int column) {
  if (column != name_column || row->parent()) return;
  const RunKey key = key_of(*row);
  runs_.set_visible(key.experiment, row->checkState(name_column) == Qt::Checked);
  runs_.rename(key.experiment, row->text(name_column));
  shown_.clear();
  show_runs();  // an empty name was rejected
}

void RunsList::pause_or_resume() {
  const auto key = selected();
  if (!key) return;
  if (!runner_.is_busy(*key)) return runs_.restart(*key);
  runner_.is_paused(*key) ? runs_.resume(*key) : runs_.pause(*key);
}

void RunsList::stop() {
  if (const auto key = selected()) runs_.stop(*key);
}

void RunsList::train_longer() {
  const auto key = selected();
  const Experiment* experiment = key ? runner_.experiment(key->experiment) : nullptr;
  if (!experiment || !can_train_longer(*experiment)) return;
  const auto now = static_cast<int>(experiment->start.training.epochs);
  auto* dialog = new QInputDialog(window());
  dialog->setObjectName("longer-dialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Train Longer"));
  dialog->setInputMode(QInputDialog::IntInput);
  const ParameterInfo& info = training_parameter_table().at("epochs").info;
  dialog->setIntRange(now + 1, static_cast<int>(info.range.maximum));
  dialog->setIntValue(std::min(2 * now, static_cast<int>(info.range.maximum)));
  dialog->setOkButtonText(tr("Train Longer"));
  const auto describe = [dialog, start = *experiment] {
    dialog->setLabelText(translated(longer_text(start, dialog->intValue())));
  };
  connect(dialog, &QInputDialog::intValueChanged, this, describe);
  describe();
  connect(dialog, &QInputDialog::intValueSelected, this,
          [this, id = experiment->id](int epochs) { runs_.train_longer(id, epochs); });
  dialog->open();
}

void RunsList::discard() {
  const auto key = selected();
  if (!key) return;
  const bool trains = runner_.is_training(*key), is_lost = runner_.would_be_lost(*key);
  if (!trains && !is_lost) return runs_.discard(*key);
  const QString name = to_qt(runner_.experiment(key->experiment)->name);
  const QString what = key->seed ? tr("The run with seed %1 of “%2”").arg(QString::number(*key->seed), name)
                                 : tr("“%1”", "a group of runs").arg(name);
  const QString words =
      (!trains ? tr("%1 has no run folder: its results would be lost.")
       : is_lost
           ? tr("%1 is still training and has no run folder: its results would be lost.")
           : tr("%1 is still training. It stops and leaves the list; its run folder keeps the results, and File > "
                "Open Run Folder brings them back."))
          .arg(what);
  question_.ask(window(), "discard-question", trains ? tr("Stop and discard the run?") : tr("Discard the result?"),
                words,
                {{trains ? tr("Stop and Discard") : tr("Discard"), QMessageBox::DestructiveRole,
                  [this, key = *key] { runs_.discard(key); }}});
}

void RunsList::rename() {
  const auto key = selected();
  QTreeWidgetItem* row = key ? row_of({key->experiment, {}}) : nullptr;
  if (row) tree_->editItem(row, name_column);
}

void RunsList::show_or_hide() {
  const auto key = selected();
  const Experiment* experiment = key ? runner_.experiment(key->experiment) : nullptr;
  if (experiment) runs_.set_visible(experiment->id, !experiment->visible);
}

void RunsList::restore() {
  if (const auto key = selected()) Q_EMIT restore_requested(key->experiment);
}

void RunsList::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) show_runs();
}

void RunsList::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  show_runs();
}

}  // namespace dnm
