// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/training_chart.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QResizeEvent>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "app/studio/widgets/file_choice.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/experiments/smoothing.h"
#include "app/workspace/exported.h"
#include "app/workspace/words.h"
#include "core/files/atomic_file.h"
#include "core/parameters/look_up.h"
#include "core/support/digits.h"
#include "viz/figure/figure_writer.h"

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

bool has_updates(const Experiment& experiment) {
  return std::ranges::any_of(experiment.runs, [](const ExperimentRun& run) { return !run.updates.empty(); });
}

/// It failed or was stopped before it completed an epoch.
bool has_nothing_to_show(const Experiment& experiment) {
  return !is_busy(experiment) &&
         std::ranges::all_of(experiment.runs, [](const ExperimentRun& run) { return run.epochs.empty(); });
}

struct TableFile {
  TrainingChart::Table table;
  const char* name;  ///< of the action and, before its suffix, of the file
  const char* words;
  const char* suffix;
  std::string (*write)(std::span<const Experiment>);
};
constexpr TableFile table_files[] = {
    {TrainingChart::Table::epochs, "epochs", "Numbers of All Epochs (CSV) …", ".csv", epochs_csv},
    {TrainingChart::Table::comparison, "comparison", "Comparison (CSV) …", ".csv", comparison_csv},
    {TrainingChart::Table::comparison_latex, "comparison", "Comparison (LaTeX Table) …", ".tex", comparison_latex},
};
const TableFile& table_file(TrainingChart::Table table) { return table_files[static_cast<std::size_t>(table)]; }

/// "Accuracy and loss over the epochs".
QString curves_words() { return to_qt(look_up(experiment_panels(), "curves", "panel").label) + " over the epochs"; }

ExportOffer chart_offer() {
  std::vector<ExportOffer::Picture> pictures;
  for (const ExperimentPanel& panel : experiment_panels()) {
    pictures.push_back({to_qt(panel.label), std::string(panel.id)});
  }
  std::rotate(pictures.begin(), pictures.begin() + 1, pictures.end());  // "All" comes last
  return {"Export Chart", std::move(pictures),
          "The figure carries the command lines and seeds of its runs, and this session."};
}

}  // namespace

TrainingChart::TrainingChart(QWidget* parent) : QWidget(parent) {
  setObjectName("training-chart");
  setAccessibleName(curves_words() + ", and the comparison of runs");
  connect(&background_, &Background::problem, this, &TrainingChart::message);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(make_tools());
  canvas_ = new ChartCanvas(this);
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
  curves_ = add_view_button(*line, View::curves, "chart-curves", "Curves", curves_words());
  updates_ = add_view_button(*line, View::updates, "chart-updates", "Updates",
                             "What the updates of the topology did, on the time axis of the runs");
  comparison_ = add_view_button(*line, View::comparison, "chart-comparison", "Comparison",
                                "Accuracy of each group of runs: mean, standard error and every run");
  auto* choice = new QButtonGroup(tools);
  choice->addButton(curves_);
  choice->addButton(updates_);
  choice->addButton(comparison_);
  line->addSpacing(14);
  options_ = new QStackedWidget(tools);
  options_->addWidget(make_smoothing());
  options_->addWidget(make_order());
  options_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  // The number of the smoothing is hidden when the line is narrow.
  options_->setMinimumWidth(
      std::max(options_->minimumSizeHint().width() - smoothing_value_->width() - smoothing_spacing,
               best_first_->sizeHint().width()));
  options_->installEventFilter(this);
  line->addWidget(options_, 1);
  line->addSpacing(8);
  line->addWidget(make_export_button());
  return tools;
}

QToolButton* TrainingChart::add_view_button(QHBoxLayout& line, View view, const char* name, const QString& words,
                                            const QString& meaning) {
  auto* button = new QToolButton(this);
  button->setObjectName(name);
  button->setText(words);
  button->setAccessibleName("Show the " + words.toLower());
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
  smoothing_words_ = new QLabel("Smoothing", box);
  smoothing_ = new QSlider(Qt::Horizontal, box);
  smoothing_->setObjectName("chart-smoothing");
  smoothing_->setAccessibleName("Smoothing");
  smoothing_->setAccessibleDescription("Weight of the past, from 0 to 0.99");
  smoothing_->setToolTip(
      "Smoothing, the weight w of the past in the moving average of each run: 0 shows what was measured. The start is "
      "corrected, so that a constant stays constant; the unsmoothed mean stays visible behind it.");
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
  measures_ = new QCheckBox("Measures", box);
  measures_->setObjectName("chart-measures");
  measures_->setAccessibleName("Measures");
  measures_->setToolTip(
      "Measure the network after every update, in the background: L, Q, σ_c, γ, spread of the degrees and dead "
      "neurons. The run folder keeps them.");
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
  best_first_ = new QCheckBox("Best first", this);
  best_first_->setObjectName("chart-order");
  best_first_->setAccessibleName("Best first");
  best_first_->setToolTip("Order the rows by the last epoch, the best first; otherwise they follow the list of runs");
  connect(best_first_, &QCheckBox::toggled, this, [this] {
    refresh();
    Q_EMIT settings_changed();
  });
  return best_first_;
}

QToolButton* TrainingChart::make_export_button() {
  export_ = new QToolButton(this);
  export_->setObjectName("chart-export");
  export_->setText("Export");
  export_->setAccessibleName("Export the chart or its numbers");
  export_->setToolTip("Write the chart as a figure, or its numbers as a table");
  export_->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(export_);
  menu->setAccessibleName("Export");
  QAction* figure = menu->addAction("Figure (PDF, SVG, PNG) …", this, &TrainingChart::ask_figure);
  figure->setObjectName("chart-export-figure");
  menu->addSeparator();
  for (const TableFile& file : table_files) {
    QAction* action = menu->addAction(file.words, this, [this, table = file.table] { ask_table(table); });
    action->setObjectName(QStringLiteral("chart-export-%1%2").arg(file.name, file.suffix));
  }
  export_->setMenu(menu);
  return export_;
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
  return {view_, smoothing(), best_first_->isChecked(), measures_->isChecked()};
}

void TrainingChart::set_settings(const ChartSettings& settings) {
  const QSignalBlocker quiet(this);  // no change by the user
  set_view(settings.view);
  smoothing_->setValue(static_cast<int>(std::lround(100.0 * settings.smoothing)));
  best_first_->setChecked(settings.highest_first);
  measures_->setChecked(settings.measures);
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
    next.push_back(same ? std::move(*known) : experiment);
    if (same) update_progress(next.back(), experiment);
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
  measurer_->want(std::move(folders));
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
  smoothing_words_->setVisible(smooths);
  smoothing_->setVisible(smooths);
  const int wanted = options_->minimumWidth() + smoothing_value_->width() + smoothing_spacing;
  smoothing_value_->setVisible(smooths && options_->width() >= wanted);
  measures_->setVisible(!smooths);
}

Comparison TrainingChart::ordered(Comparison comparison) const {
  if (best_first_->isChecked()) sort_best_first(comparison);
  return comparison;
}

void TrainingChart::refresh() {
  if (!canvas_) return;
  since_refresh_.start();
  is_open_end_stale_ = false;
  set_named_beside(named_beside_);
  const Comparison comparison = experiment_comparison(experiments_);
  const bool any_updates = std::ranges::any_of(experiments_, has_updates);
  updates_->setVisible(any_updates || view_ == View::updates);
  show_smoothing();
  if (view_ == View::curves) {
    canvas_->show_charts(experiment_charts(experiments_, smoothing()));
  } else if (view_ == View::updates) {
    canvas_->show_charts(experiment_pictures(experiments_, "updates", smoothing()).curves);
  } else {
    canvas_->show_comparison(ordered(comparison));
  }
  export_->setEnabled(
      std::ranges::any_of(comparison.groups, [](const ComparedGroup& group) { return group.count > 0; }));
  describe(comparison);
}

void TrainingChart::describe(const Comparison& comparison) {
  QStringList parts;
  for (const ComparedGroup& group : comparison.groups) {
    if (group.count == 0) continue;
    const ComparedValue& last = group.values.front();
    QString part =
        to_qt(in_sentence(comparison.title) + " " + compared_text(last, comparison.percent) + ", " + count_text(group));
    if (!group.name.empty()) part = to_qt(group.name) + ": " + part;
    parts += part;
  }
  const QString words = parts.isEmpty() ? QStringLiteral("Nothing has been trained yet") : parts.join("; ");
  const QString name = view_ == View::curves    ? curves_words()
                       : view_ == View::updates ? QStringLiteral("Updates of the topology")
                                                : QStringLiteral("Comparison of the groups of runs");
  if (canvas_->accessibleName() != name) canvas_->setAccessibleName(name);
  if (canvas_->accessibleDescription() == words) return;
  canvas_->setAccessibleDescription(words);
  setAccessibleDescription(words);
}

/// The command lines that repeat the experiments. Not every format keeps line breaks, hence the semicolons.
std::string TrainingChart::origin(const std::filesystem::path& file) const {
  std::string words;
  for (const Experiment& experiment : experiments_) {
    std::string seeds;
    for (const ExperimentRun& run : experiment.runs) {
      if (!run.epochs.empty()) seeds += (seeds.empty() ? "" : ",") + std::to_string(run.seed);
    }
    words += experiment.name.empty() ? std::string("run") : experiment.name;
    if (!seeds.empty()) words += " (seeds " + seeds + ")";
    if (!experiment.command_line.empty()) words += ": " + exported_command_line(experiment.command_line, file);
    words += ";\n";
  }
  return words + "smoothing of the curves: " + with_decimals(smoothing(), 2);
}

void TrainingChart::ask_figure() {
  ExportSettings proposed = last_export_;
  if (proposed.path.isEmpty()) proposed.path = QDir::current().filePath("training.pdf");
  proposed.panel = view_ == View::curves ? "curves" : view_ == View::updates ? "updates" : "comparison";
  auto* dialog = new ExportDialog(proposed, chart_offer(), window());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] { export_figure(dialog->settings()); });
  dialog->open();
}

void TrainingChart::ask_table(Table table) {
  const TableFile& file = table_file(table);
  const QString folder = last_table_.isEmpty() ? QDir::currentPath() : QFileInfo(last_table_).path();
  const QString suffix = file.suffix;
  QString path = choose_file_to_write(
      window(), "Export Numbers", QDir(folder).filePath(file.name + suffix),
      (suffix == ".csv" ? "Tables (*.csv)" : "LaTeX tables (*.tex)") + QStringLiteral(";;All files (*)"));
  if (path.isEmpty()) return;
  if (QFileInfo(path).suffix().isEmpty()) path += suffix;
  question_.ask_to_replace(window(), path, [this, table, path] { export_table(table, path); });
}

void TrainingChart::export_figure(const ExportSettings& settings) {
  last_export_ = settings;
  ChartFigureRequest request;
  request.width_mm = settings.width_mm;
  ExperimentPictures pictures = experiment_pictures(experiments_, settings.panel, smoothing());
  request.curves = std::move(pictures.curves);
  if (pictures.comparison) request.comparison = ordered(std::move(*pictures.comparison));
  for (const Experiment& experiment : experiments_)
    request.title += (request.title.empty() ? "" : "; ") + experiment.name;
  if (request.title.empty()) request.title = "Training";
  const std::filesystem::path path(settings.path.toStdString());
  request.command_line = origin(path);
  if (session_json_) request.session_json = session_json_(path);
  write_in_background(settings.path, [path, request = std::move(request)] { return write_figure(path, request); });
}

void TrainingChart::export_table(Table table, const QString& path) {
  last_table_ = path;
  const std::filesystem::path file(path.toStdString());
  std::vector<Experiment> exported = experiments_;
  for (Experiment& experiment : exported)
    experiment.command_line = exported_command_line(experiment.command_line, file);
  write_in_background(path, [file, text = table_file(table).write(exported)] {
    write_atomically(file, text);
    return std::vector<std::string>{};
  });
}

void TrainingChart::write_in_background(const QString& path, std::function<std::vector<std::string>()> write) {
  background_.start("Writing " + QFileInfo(path).fileName(),
                    [this, path, write = std::move(write)](const TaskControl&) -> Background::Outcome {
                      return [this, path, text = wrote_text(path, write())] { Q_EMIT notice(text, path); };
                    });
}

}  // namespace dnm
