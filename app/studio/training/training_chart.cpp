// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/training_chart.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QResizeEvent>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "app/studio/widgets/text.h"
#include "app/workspace/experiments/smoothing.h"
#include "app/workspace/words.h"
#include "core/parameters/look_up.h"
#include "core/support/digits.h"

namespace dnm {

namespace {

constexpr qint64 open_end_milliseconds = 1000;
constexpr int smoothing_spacing = 6;
constexpr int smoothing_steps = 99;  // hundredths: up to largest_smoothing

/// NaN, the value of a diverged run, equals itself.
bool same_number(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

/// Runs only grow at their end, so that comparing the first and last epochs is enough.
bool same_epochs(const ExperimentRun& a, const ExperimentRun& b) {
  if (a.epochs.size() != b.epochs.size() || a.updates.size() != b.updates.size()) return false;
  return a.epochs.empty() || (a.epochs.front() == b.epochs.front() && a.epochs.back() == b.epochs.back());
}

/// Whether nothing but the open end of the curve has changed.
bool is_up_to_date(const Experiment& shown, const Experiment& now) {
  return shown.color == now.color && shown.name == now.name &&
         shown.start.training.epochs == now.start.training.epochs &&
         std::ranges::equal(shown.runs, now.runs, same_epochs);
}

/// Copies the progress of the runs.
void update_progress(Experiment& shown, const Experiment& now) {
  for (std::size_t i = 0; i < now.runs.size(); ++i) {
    shown.runs[i].waiting = now.runs[i].waiting;
    shown.runs[i].progress = now.runs[i].progress;
  }
}

/// Room for what is copied there, and for as much again: a history that grows is not allocated anew each time.
template <class Element>
void make_room(std::vector<Element>& to, std::size_t size) {
  if (to.capacity() < size) to.reserve(2 * size);
}

/// shown = now, where thousands of epochs and updates are assigned to those that lie there.
void take_over(Experiment& shown, const Experiment& now) {
  shown.runs.resize(now.runs.size());
  for (std::size_t i = 0; i < now.runs.size(); ++i) {
    make_room(shown.runs[i].epochs, now.runs[i].epochs.size());
    make_room(shown.runs[i].updates, now.runs[i].updates.size());
    make_room(shown.runs[i].events, now.runs[i].events.size());
  }
  shown = now;
}

bool has_updates(const Experiment& experiment) {
  return std::ranges::any_of(experiment.runs, [](const ExperimentRun& run) { return !run.updates.empty(); });
}

/// It failed or was stopped before it completed an epoch.
bool has_nothing_to_show(const Experiment& experiment) {
  return !is_busy(experiment) &&
         std::ranges::all_of(experiment.runs, [](const ExperimentRun& run) { return run.epochs.empty(); });
}

/// "Accuracy and loss over the epochs".
QString curves_words() {
  return Words::tr("%1 over the epochs").arg(translated(look_up(experiment_panels(), "curves", "panel").label));
}

}  // namespace

TrainingChart::TrainingChart(QWidget* parent) : QWidget(parent) {
  setObjectName("training-chart");
  setAccessibleName(tr("%1, and the comparison of runs").arg(curves_words()));
  connect(&background_, &Background::problem, this, &TrainingChart::message);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(make_tools());
  canvas_ = new ChartCanvas(this);
  auto* all_epochs = view_menu_->addAction(tr("All Epochs"), canvas_, [this] { canvas_->set_zoom({}); });
  all_epochs->setObjectName("chart-all-epochs");
  all_epochs->setToolTip(tr("Wheel, + and - and a drag along the epochs zoom; a double-click shows all of them"));
  all_epochs->setEnabled(false);
  connect(canvas_, &ChartCanvas::zoom_changed, all_epochs,
          [this, all_epochs] { all_epochs->setEnabled(canvas_->zoom().has_value()); });
  auto* area = new QScrollArea(this);
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setFocusPolicy(Qt::NoFocus);
  area->setMinimumSize(canvas_->minimumSize());
  area->setWidget(canvas_);
  column->addWidget(area, 1);
  constexpr int look_every = 500;  // milliseconds
  look_for_measures_.setInterval(look_every);
  connect(&look_for_measures_, &QTimer::timeout, this, &TrainingChart::take_measures);
  refresh();
}

QWidget* TrainingChart::make_tools() {
  auto* tools = new QWidget(this);
  auto* line = new QHBoxLayout(tools);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(0);
  curves_ = add_view_button(*line, View::curves, "chart-curves", tr("Curves"), tr("Show the curves"), curves_words());
  updates_ = add_view_button(*line, View::updates, "chart-updates", tr("Updates"), tr("Show the updates"),
                             tr("What the updates of the topology did, on the time axis of the runs"));
  comparison_ =
      add_view_button(*line, View::comparison, "chart-comparison", tr("Comparison"), tr("Show the comparison"),
                      tr("Accuracy of each group of runs: mean, standard error and every run"));
  auto* choice = new QButtonGroup(tools);
  choice->addButton(curves_);
  choice->addButton(updates_);
  choice->addButton(comparison_);
  line->addSpacing(14);
  options_ = new QStackedWidget(tools);
  options_->addWidget(make_smoothing());
  options_->addWidget(make_order());
  options_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  options_->installEventFilter(this);
  line->addWidget(options_, 1);
  line->addSpacing(8);
  line->addWidget(make_view_button());
  line->addWidget(make_export_button());
  return tools;
}

QToolButton* TrainingChart::make_view_button() {
  auto* button = new QToolButton(this);
  button->setObjectName("chart-view");
  button->setText(tr("View"));
  button->setAccessibleName(tr("How the chart is drawn"));
  button->setToolTip(tr("How the chart is drawn"));
  button->setPopupMode(QToolButton::InstantPopup);
  view_menu_ = new QMenu(button);
  view_menu_->setAccessibleName(tr("View of the chart"));
  view_menu_->setToolTipsVisible(true);
  button->setMenu(view_menu_);
  logarithmic_ = view_menu_->addAction(tr("Logarithmic Axis"));
  logarithmic_->setObjectName("chart-logarithmic");
  logarithmic_->setToolTip(tr("Values that are no shares, such as the loss, on a logarithmic axis"));
  logarithmic_->setCheckable(true);
  connect(logarithmic_, &QAction::toggled, this, [this] {
    refresh();
    Q_EMIT settings_changed();
  });
  return button;
}

std::vector<Chart> TrainingChart::with_axes(std::vector<Chart> charts) const {
  for (Chart& chart : charts) chart.logarithmic = logarithmic_->isChecked() && !chart.percent;
  return charts;
}

QToolButton* TrainingChart::add_view_button(QHBoxLayout& line, View view, const char* name, const QString& words,
                                            const QString& heard, const QString& meaning) {
  auto* button = new QToolButton(this);
  button->setObjectName(name);
  button->setText(words);
  button->setAccessibleName(heard);
  button->setToolTip(meaning);
  button->setCheckable(true);
  // Bold, because a checked button hardly differs in a dark window. The width is that of bold text, so nothing moves.
  const auto set_bold = [button](bool on) {
    QFont font = button->font();
    font.setBold(on);
    button->setFont(font);
  };
  set_bold(true);
  button->setMinimumWidth(button->sizeHint().width());
  set_bold(view == view_);
  button->setChecked(view == view_);
  connect(button, &QToolButton::toggled, this, [this, view, set_bold](bool on) {
    set_bold(on);
    if (on) set_view(view);
  });
  line.addWidget(button);
  return button;
}

QWidget* TrainingChart::make_smoothing() {
  auto* box = new QWidget(this);
  auto* line = new QHBoxLayout(box);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(smoothing_spacing);
  smoothing_words_ = new QLabel(tr("Smoothing"), box);
  smoothing_ = new QSlider(Qt::Horizontal, box);
  smoothing_->setObjectName("chart-smoothing");
  smoothing_->setAccessibleName(tr("Smoothing"));
  smoothing_->setAccessibleDescription(tr("Weight of the past, from 0 to 0.99"));
  smoothing_->setToolTip(tr(
      "Smoothing, the weight w of the past in the moving average of each run: 0 shows what was measured. The start is "
      "corrected, so that a constant stays constant; the unsmoothed mean stays visible behind it."));
  smoothing_->setRange(0, smoothing_steps);
  smoothing_->setPageStep(10);
  smoothing_->setMinimumWidth(30);
  smoothing_->setMaximumWidth(160);
  smoothing_words_->setBuddy(smoothing_);
  smoothing_value_ = new QLabel("0", box);
  smoothing_value_->setObjectName("chart-smoothing-value");
  keep_width(*smoothing_value_, {"0.99"});
  line->addWidget(smoothing_words_);
  line->addWidget(smoothing_, 4);
  line->addWidget(smoothing_value_);
  measures_ = new QCheckBox(tr("Measures"), box);
  measures_->setObjectName("chart-measures");
  measures_->setAccessibleName(tr("Measures"));
  measures_->setToolTip(
      tr("Measure the network after every update, in the background: L, Q, σ_c, γ, spread of the degrees and dead "
         "neurons. The run folder keeps them."));
  connect(measures_, &QCheckBox::toggled, this, [this] {
    measure_updates();
    refresh();
    Q_EMIT settings_changed();
  });
  measures_->hide();
  line->addWidget(measures_);
  line->addStretch(1);
  connect(smoothing_, &QSlider::valueChanged, this, [this](int value) {
    smoothing_value_->setText(value == 0 ? QStringLiteral("0") : to_qt(with_decimals(0.01 * value, 2)));
    refresh();
    Q_EMIT settings_changed();
  });
  return box;
}

QWidget* TrainingChart::make_order() {
  auto* box = new QWidget(this);
  auto* line = new QHBoxLayout(box);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(smoothing_spacing);
  columns_ = new RulesButton(box);
  line->addWidget(columns_);
  connect(columns_, &RulesButton::changed, this, [this] {
    refresh();
    Q_EMIT settings_changed();
  });
  best_first_ = new QCheckBox(tr("Best first"), box);
  best_first_->setObjectName("chart-order");
  best_first_->setAccessibleName(tr("Best first"));
  best_first_->setToolTip(
      tr("Order the rows by the last epoch, the best first; otherwise they follow the list of runs"));
  connect(best_first_, &QCheckBox::toggled, this, [this] {
    refresh();
    Q_EMIT settings_changed();
  });
  line->addWidget(best_first_);
  line->addStretch(1);
  return box;
}

double TrainingChart::smoothing() const { return std::min(smoothing_->value() / 100.0, largest_smoothing); }

void TrainingChart::set_view(View view) {
  (view == View::curves ? curves_ : view == View::updates ? updates_ : comparison_)->setChecked(true);
  if (view == view_) return;
  view_ = view;
  options_->setCurrentIndex(view == View::comparison ? 1 : 0);
  refresh();
  Q_EMIT settings_changed();
}

ChartSettings TrainingChart::settings() const {
  return {view_,
          smoothing(),
          best_first_->isChecked(),
          measures_->isChecked(),
          logarithmic_->isChecked(),
          columns_->figure(),
          columns_->hidden_rules()};
}

void TrainingChart::set_settings(const ChartSettings& settings) {
  const QSignalBlocker quiet(this);  // no change by the user
  set_view(settings.view);
  smoothing_->setValue(static_cast<int>(std::lround(100.0 * settings.smoothing)));
  best_first_->setChecked(settings.highest_first);
  logarithmic_->setChecked(settings.logarithmic);
  measures_->setChecked(settings.measures);
  if (columns_->figure() == settings.rule_figure && columns_->hidden_rules() == settings.hidden_rules) return;
  columns_->set_figure(settings.rule_figure);
  columns_->set_hidden_rules(settings.hidden_rules);
  refresh();
}

void TrainingChart::show_experiments(std::span<const Experiment> experiments) {
  std::vector<Experiment> next;
  bool is_new = false;
  for (const Experiment& experiment : experiments) {
    if (!experiment.visible || has_nothing_to_show(experiment)) continue;
    const auto known = std::ranges::find(experiments_, experiment.id, &Experiment::id);
    const bool same = known != experiments_.end() && is_up_to_date(*known, experiment);
    is_new = is_new || !same || static_cast<std::size_t>(known - experiments_.begin()) != next.size();
    const OpenEnd before = same ? open_end(*known) : OpenEnd{};
    const OpenEnd now = open_end(experiment);
    next.push_back(known == experiments_.end() ? experiment : std::move(*known));
    if (same)
      update_progress(next.back(), experiment);
    else if (known != experiments_.end())
      take_over(next.back(), experiment);
    is_new = is_new || (before.epoch > 0.0) != (now.epoch > 0.0);
    is_open_end_stale_ = is_open_end_stale_ || before.epoch != now.epoch || !same_number(before.mean, now.mean);
  }
  is_new = is_new || next.size() != experiments_.size();
  experiments_ = std::move(next);
  measure_updates();
  // The epoch under way changes with every poll, which is too often to repaint many curves.
  if (is_new || (is_open_end_stale_ && since_refresh_.elapsed() >= open_end_milliseconds)) refresh();
}

void TrainingChart::measure_updates() {
  std::vector<std::string> folders;
  for (Experiment& experiment : experiments_) {
    for (ExperimentRun& run : experiment.runs) {
      if (run.updates.empty() || run.folder.empty()) continue;
      folders.push_back(run.folder);
      if (const auto known = measured_.find(run.folder); known != measured_.end()) run.measured = known->second;
    }
  }
  if (!measures_->isChecked()) folders.clear();
  if (!measurer_ && folders.empty()) return;
  if (!measurer_) measurer_ = std::make_unique<UpdateMeasurer>();
  if (folders.empty()) look_for_measures_.stop();
  if (!folders.empty() && !look_for_measures_.isActive()) look_for_measures_.start();
  measurer_->want(std::move(folders), matrices_);
}

void TrainingChart::set_matrices(const std::string& matrices) {
  if (std::exchange(matrices_, matrices) != matrices) measure_updates();
}

void TrainingChart::take_measures() {
  UpdateMeasurer::News news = measurer_->poll();
  for (const std::string& problem : news.problems) Q_EMIT message(to_qt(problem));
  if (news.measured.empty()) return;
  for (auto& [folder, measured] : news.measured) measured_[folder] = std::move(measured);
  measure_updates();
  if (view_ == View::updates) refresh();
}

void TrainingChart::set_named_beside(bool named) {
  named_beside_ = named;
  canvas_->set_named_beside(named_beside_ &&
                            experiments_.size() > 1);  // the list does not name the curves of a single one
}

bool TrainingChart::eventFilter(QObject* watched, QEvent* event) {
  if (watched == options_ && event->type() == QEvent::Resize) show_smoothing();
  return QWidget::eventFilter(watched, event);
}

void TrainingChart::show_smoothing() {
  // Measures takes its place beside the updates.
  const bool smooths = view_ != View::updates;
  // The name and the number of the smoothing and the order are hidden when the line is narrow.
  options_->setMinimumWidth(view_ == View::comparison ? columns_->sizeHint().width()
                            : smooths                 ? smoothing_->minimumWidth()
                                                      : measures_->sizeHint().width());
  const int for_words = smoothing_words_->sizeHint().width() + smoothing_spacing + smoothing_->minimumWidth();
  const int for_value = for_words + smoothing_spacing + smoothing_value_->width();
  smoothing_words_->setVisible(smooths && options_->width() >= for_words);
  smoothing_->setVisible(smooths);
  smoothing_value_->setVisible(smooths && options_->width() >= for_value);
  measures_->setVisible(!smooths);
  best_first_->setVisible(options_->width() >=
                          columns_->sizeHint().width() + smoothing_spacing + best_first_->sizeHint().width());
}

Comparison TrainingChart::comparison() const {
  Comparison comparison = columns_->figure()
                              ? rule_comparison(report_of(experiments_, columns_->shown_rules()), *columns_->figure())
                              : experiment_comparison(experiments_);
  if (best_first_->isChecked()) sort_best_first(comparison);
  return comparison;
}

void TrainingChart::refresh() {
  if (!canvas_) return;
  since_refresh_.start();
  is_open_end_stale_ = false;
  set_named_beside(named_beside_);
  columns_->offer(rules_of(experiments_));
  const Comparison groups = experiment_comparison(experiments_);
  const bool any_updates = std::ranges::any_of(experiments_, has_updates);
  updates_->setVisible(any_updates || view_ == View::updates);
  show_smoothing();
  if (view_ == View::curves) {
    canvas_->show_charts(with_axes(experiment_charts(experiments_, smoothing())));
  } else if (view_ == View::updates) {
    canvas_->show_charts(with_axes(experiment_pictures(experiments_, "updates", smoothing()).curves));
  } else {
    canvas_->show_comparison(comparison());
  }
  export_->setEnabled(std::ranges::any_of(groups.groups, [](const ComparedGroup& group) { return group.count > 0; }));
  describe(view_ == View::comparison ? comparison() : groups);
}

void TrainingChart::describe(const Comparison& comparison) {
  QStringList parts;
  for (const ComparedGroup& group : comparison.groups) {
    if (group.count == 0) continue;
    if (comparison.as_table) {
      QStringList cells;
      for (std::size_t column = 0; column < group.values.size(); ++column) {
        const std::string text = compared_text(group.values[column], comparison.percent);
        if (!text.empty()) cells += translated(comparison.figures[column]) + " " + to_qt(text);
      }
      parts += translated(group.name) + ": " + cells.join(", ");
      continue;
    }
    const ComparedValue& last = group.values.front();
    QString part = translated(in_sentence(comparison.title)) + " " + to_qt(compared_text(last, comparison.percent)) +
                   ", " + translated(count_text(group));
    if (!group.name.empty()) part = to_qt(group.name) + ": " + part;
    parts += part;
  }
  const QString words = parts.isEmpty() ? tr("Nothing has been trained yet") : parts.join("; ");
  const QString name = view_ == View::curves    ? curves_words()
                       : view_ == View::updates ? tr("Updates of the topology")
                                                : tr("Comparison of the groups of runs");
  if (canvas_->accessibleName() != name) canvas_->setAccessibleName(name);
  if (canvas_->accessibleDescription() == words) return;
  canvas_->setAccessibleDescription(words);
  setAccessibleDescription(words);
}

}  // namespace dnm
