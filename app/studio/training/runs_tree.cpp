// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/runs_tree.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QIcon>
#include <QKeyEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolTip>
#include <algorithm>
#include <utility>

#include "app/studio/training/curve_sample.h"
#include "app/studio/training/run_details.h"
#include "app/studio/widgets/dark_palette.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/experiments/experiment_words.h"
#include "app/workspace/words.h"
#include "training/tasks/task_table.h"

namespace dnm {

namespace {

enum RunsColumn {
  name_column,
  state_column,
  count_column,
  last_column,
  best_column,
  validation_column,
  left_column,
  column_count
};
/// Of the first column of a row: the experiment, the seed of a single run, and how its curve is drawn.
constexpr int experiment_role = Qt::UserRole;
constexpr int seed_role = Qt::UserRole + 1;
constexpr int color_role = Qt::UserRole + 2;
constexpr QSize curve_icon_size(26, 14);
constexpr int narrowest_name = 175;

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

/// What a row is about.
RunKey key_of(const QTreeWidgetItem& row) {
  RunKey key{row.data(name_column, experiment_role).toULongLong(), {}};
  if (const QVariant seed = row.data(name_column, seed_role); seed.isValid()) key.seed = seed.toULongLong();
  return key;
}

/// A sample of the curve on the list's background colour, so that it is visible on a selected row, too.
QIcon curve_icon(std::size_t color, const QColor& ground, double pixel_ratio) {
  QPixmap pixmap(curve_icon_size * pixel_ratio);
  pixmap.setDevicePixelRatio(pixel_ratio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ground);
  painter.drawRoundedRect(QRectF(QPointF(), QSizeF(curve_icon_size)), 2.5, 2.5);
  painter.drawPixmap(QPoint(2, 0),
                     curve_sample(color, ground.lightness() < 128, curve_icon_size - QSize(4, 0), pixel_ratio));
  painter.end();
  QIcon icon(pixmap);
  icon.addPixmap(pixmap, QIcon::Selected);  // not tinted: it is the curve's colour
  return icon;
}

}  // namespace

RunsTree::RunsTree(const ExperimentRunner& runner, QWidget* parent) : QTreeWidget(parent), runner_(runner) {
  make_columns();
  connect(this, &QTreeWidget::itemChanged, this, &RunsTree::on_item_changed);
  connect(this, &QTreeWidget::currentItemChanged, this, &RunsTree::selection_changed);
}

void RunsTree::make_columns() {
  setIconSize(curve_icon_size);
  setObjectName("runs");
  setAccessibleName(tr("Runs"));
  setColumnCount(column_count);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setAllColumnsShowFocus(true);
  setUniformRowHeights(true);
  setIndentation(12);
  setContextMenuPolicy(Qt::CustomContextMenu);
  setTextElideMode(Qt::ElideRight);  // what the names of a list have in common comes last
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setMinimumSize(200, 60);
  QHeaderView* columns = header();
  columns->setStretchLastSection(false);
  columns->setMinimumSectionSize(16);
  columns->setSectionResizeMode(name_column, QHeaderView::Stretch);
  const std::pair<RunsColumn, QString> widest[] = {{state_column, translated(QStringLiteral("running 100/100"))},
                                                   {count_column, "88†"},
                                                   {last_column, "88.88 ± 8.88"},
                                                   {best_column, "88.88 ± 8.88"},
                                                   {validation_column, tr("Best val.") + " %"},
                                                   {left_column, "88:88"}};
  const auto width_of = [this](const QString& text) { return fontMetrics().horizontalAdvance(text) + 10; };
  narrow_state_width_ = std::max(width_of("88.88 ± 8.88"), width_of("100/100: 88.88"));
  for (const auto& [which, text] : widest) {
    widths_[which] = width_of(text);
    columns->resizeSection(which, widths_[which]);
  }
  for (int which = count_column; which < column_count; ++which)
    headerItem()->setTextAlignment(which, Qt::AlignRight | Qt::AlignVCenter);
}

void RunsTree::show_header() {
  const auto& experiments = runner_.experiments();
  const Metric& metric =
      *(experiments.empty() ? metrics_of(TrainingSettings{}) : metrics_of(experiments.front())).leading;
  if (std::exchange(named_by_, &metric) == &metric) return;
  const QString unit = unit_words(metric);
  setHeaderLabels(
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
  for (const auto& [which, meaning] : meanings) headerItem()->setToolTip(which, meaning);
  setAccessibleDescription(tr("Groups of runs with their state and %1; F2 renames, Delete discards")
                               .arg(translated(in_sentence(metric.label))));
}

std::optional<RunKey> RunsTree::selected() const {
  const QTreeWidgetItem* row = currentItem();
  return row ? std::optional(key_of(*row)) : std::nullopt;
}

QTreeWidgetItem* RunsTree::row_of(const RunKey& key) const {
  for (int i = 0; i < topLevelItemCount(); ++i) {
    QTreeWidgetItem* row = topLevelItem(i);
    if (key_of(*row).experiment != key.experiment) continue;
    for (int child = 0; key.seed && child < row->childCount(); ++child)
      if (key_of(*row->child(child)) == key) return row->child(child);
    return row;
  }
  return nullptr;
}

void RunsTree::select(const RunKey& key) {
  if (QTreeWidgetItem* row = row_of(key)) setCurrentItem(row);
}

bool RunsTree::rows_fit() const {
  const auto& experiments = runner_.experiments();
  if (static_cast<std::size_t>(topLevelItemCount()) != experiments.size()) return false;
  for (std::size_t i = 0; i < experiments.size(); ++i) {
    const QTreeWidgetItem& row = *topLevelItem(static_cast<int>(i));
    const std::size_t children = experiments[i].runs.size() > 1 ? experiments[i].runs.size() : 0;
    if (key_of(row).experiment != experiments[i].id || static_cast<std::size_t>(row.childCount()) != children)
      return false;
    for (std::size_t run = 0; run < children; ++run)
      if (key_of(*row.child(static_cast<int>(run))).seed != experiments[i].runs[run].seed) return false;
  }
  return true;
}

void RunsTree::rebuild() {
  const std::optional<RunKey> before = selected();
  const int place =
      before && row_of({before->experiment, {}}) ? indexOfTopLevelItem(row_of({before->experiment, {}})) : -1;
  std::vector<std::uint64_t> open;
  for (int i = 0; i < topLevelItemCount(); ++i)
    if (topLevelItem(i)->isExpanded()) open.push_back(key_of(*topLevelItem(i)).experiment);
  {
    const QSignalBlocker quiet(this);
    clear();
    shown_.clear();
    for (const Experiment& experiment : runner_.experiments()) {
      auto* row = new QTreeWidgetItem(this);
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
  else if (const int rows = topLevelItemCount(); rows > 0)
    setCurrentItem(topLevelItem(std::clamp(place, 0, rows - 1)));
  else
    Q_EMIT selection_changed();
}

void RunsTree::show_runs() {
  if (!rows_fit()) rebuild();
  show_header();
  show_columns();
  const auto& experiments = runner_.experiments();
  const std::vector<double> left = seconds_left(experiments, runner_.jobs());
  {
    const QSignalBlocker quiet(this);
    shown_.resize(experiments.size());
    for (std::size_t i = 0; i < experiments.size(); ++i) {
      // Of a folder of thousands of runs few change while others train.
      Shown now = is_over(stage_of(experiments[i])) ? shown(experiments[i]) : Shown();
      if (!now.stages.empty() && now == shown_[i]) continue;
      show_experiment(*topLevelItem(static_cast<int>(i)), experiments[i], left[i]);
      shown_[i] = std::move(now);
    }
  }
}

void RunsTree::show_runs_anew() {
  shown_.clear();
  show_runs();
}

RunsTree::Shown RunsTree::shown(const Experiment& experiment) const {
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

void RunsTree::show_experiment(QTreeWidgetItem& row, const Experiment& experiment, double time_left) {
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

void RunsTree::fill(QTreeWidgetItem& to, const QString& name, RunStage stage, const QString& state,
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
    spoken +=
        ", " + tr("%1 last %2, best %3, %4")
                   .arg(translated(in_sentence(summary.metric->label)), to_qt(mean_text(summary.metric, summary.last)),
                        to_qt(mean_text(summary.metric, summary.best_on_test)), translated(count_text(summary)));
  to.setData(name_column, Qt::AccessibleTextRole, spoken);
}

void RunsTree::show_columns() {
  const bool validated = std::ranges::any_of(runner_.experiments(), is_validated);
  // Columns that do not fit are in the details. Name and state are always shown; in a narrow list the state column has
  // the accuracy, too.
  const int width = viewport()->width();
  int room = width - narrowest_name - widths_.at(state_column);
  is_narrow_ = room < widths_.at(last_column);
  const int state = is_narrow_ ? narrow_state_width_ : widths_.at(state_column);
  if (columnWidth(state_column) != state) setColumnWidth(state_column, state);
  headerItem()->setText(state_column, is_narrow_ ? tr("State, last") + unit_words(*named_by_) : tr("State"));
  for (const RunsColumn which : {last_column, left_column, best_column, count_column, validation_column}) {
    const bool wanted = which == validation_column ? validated : which == left_column ? runner_.is_busy() : true;
    if (wanted) room -= widths_.at(which);
    const bool hidden = !wanted || room < 0;
    if (isColumnHidden(which) != hidden) setColumnHidden(which, hidden);
  }
}

void RunsTree::edit_name(std::uint64_t experiment) {
  if (QTreeWidgetItem* row = row_of({experiment, {}})) editItem(row, name_column);
}

void RunsTree::on_item_changed(QTreeWidgetItem* row, int column) {
  if (column != name_column || row->parent()) return;
  const std::uint64_t experiment = key_of(*row).experiment;
  const bool checked = row->checkState(name_column) == Qt::Checked;
  const QString name = row->text(name_column);
  Q_EMIT check_changed(experiment, checked);
  Q_EMIT name_edited(experiment, name);
  show_runs_anew();  // an empty name was rejected
}

void RunsTree::keyPressEvent(QKeyEvent* event) {
  event->key() == Qt::Key_Space ? event->ignore() : QTreeWidget::keyPressEvent(event);
}

bool RunsTree::viewportEvent(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QTreeWidget::viewportEvent(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const QTreeWidgetItem* row = itemAt(help->pos());
  const Experiment* experiment = row ? runner_.experiment(key_of(*row).experiment) : nullptr;
  experiment ? QToolTip::showText(help->globalPos(), details_html(*experiment, runner_.run(key_of(*row))), viewport())
             : QToolTip::hideText();
  return true;
}

}  // namespace dnm
