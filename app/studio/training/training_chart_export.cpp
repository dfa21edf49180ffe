// SPDX-License-Identifier: GPL-3.0-or-later
// What the chart of runs writes: figures and tables.
#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <algorithm>
#include <filesystem>
#include <utility>

#include "app/studio/training/training_chart.h"
#include "app/studio/widgets/file_choice.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/exported.h"
#include "core/files/atomic_file.h"
#include "core/support/digits.h"
#include "viz/figure/figure_writer.h"

namespace dnm {

namespace {

struct TableFile {
  TrainingChart::Table table;
  const char* name;  ///< of the action and, before its suffix, of the file
  const char* words;
  const char* suffix;
  std::string (*write)(std::span<const Experiment>);
  std::string (*write_report)(const ComparisonReport&) = nullptr;  ///< in place of `write`: of the rules that are shown
};
constexpr TableFile table_files[] = {
    {TrainingChart::Table::epochs, "epochs", QT_TRANSLATE_NOOP("dnm::TrainingChart", "Numbers of All Epochs (CSV) …"),
     ".csv", epochs_csv},
    {TrainingChart::Table::comparison, "comparison", QT_TRANSLATE_NOOP("dnm::TrainingChart", "Comparison (CSV) …"),
     ".csv", comparison_csv},
    {TrainingChart::Table::comparison_latex, "comparison",
     QT_TRANSLATE_NOOP("dnm::TrainingChart", "Comparison (LaTeX Table) …"), ".tex", comparison_latex},
    {TrainingChart::Table::rules, "rules", QT_TRANSLATE_NOOP("dnm::TrainingChart", "Rules and Initialisers (CSV) …"),
     ".csv", nullptr, report_csv},
    {TrainingChart::Table::rules_latex, "rules",
     QT_TRANSLATE_NOOP("dnm::TrainingChart", "Rules as Columns (LaTeX Tables) …"), ".tex", nullptr, report_latex},
    {TrainingChart::Table::rules_markdown, "rules",
     QT_TRANSLATE_NOOP("dnm::TrainingChart", "Rules as Columns (Markdown) …"), ".md", nullptr, report_markdown},
};
const TableFile& table_file(TrainingChart::Table table) { return table_files[static_cast<std::size_t>(table)]; }

std::vector<ExportOffer::Picture> chart_pictures() {
  std::vector<ExportOffer::Picture> pictures;
  for (const ExperimentPanel& panel : experiment_panels()) {
    pictures.push_back({translated(panel.label), std::string(panel.id)});
  }
  std::rotate(pictures.begin(), pictures.begin() + 1, pictures.end());  // "All" comes last
  return pictures;
}

}  // namespace

QToolButton* TrainingChart::make_export_button() {
  export_ = new QToolButton(this);
  export_->setObjectName("chart-export");
  export_->setText(tr("Export"));
  export_->setAccessibleName(tr("Export the chart or its numbers"));
  export_->setToolTip(tr("Write the chart as a figure, or its numbers as a table"));
  export_->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(export_);
  menu->setAccessibleName(tr("Export"));
  QAction* figure = menu->addAction(tr("Figure (PDF, SVG, PNG) …"), this, &TrainingChart::ask_figure);
  figure->setObjectName("chart-export-figure");
  menu->addSeparator();
  for (const TableFile& file : table_files) {
    QAction* action = menu->addAction(tr(file.words), this, [this, table = file.table] { ask_table(table); });
    action->setObjectName(QStringLiteral("chart-export-%1%2").arg(file.name, file.suffix));
  }
  export_->setMenu(menu);
  return export_;
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
  auto* dialog = new ExportDialog(proposed,
                                  {tr("Export Chart"),
                                   chart_pictures(),
                                   tr("The figure carries the command lines and seeds of its runs, and this session."),
                                   [this](const ExportSettings& settings) { return figure_request(settings); },
                                   {}},
                                  window());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] { export_figure(dialog->settings()); });
  dialog->open();
}

void TrainingChart::ask_table(Table table) {
  const TableFile& file = table_file(table);
  const QString folder = last_table_.isEmpty() ? QDir::currentPath() : QFileInfo(last_table_).path();
  const QString suffix = file.suffix;
  QString path = choose_file_to_write(window(), tr("Export Numbers"), QDir(folder).filePath(file.name + suffix),
                                      (suffix == ".csv"   ? tr("Tables (*.csv)")
                                       : suffix == ".tex" ? tr("LaTeX tables (*.tex)")
                                                          : tr("Markdown (*.md)")) +
                                          ";;" + tr("All files (*)"));
  if (path.isEmpty()) return;
  if (QFileInfo(path).suffix().isEmpty()) path += suffix;
  question_.ask_to_replace(window(), path, [this, table, path] { export_table(table, path); });
}

FigureRequest TrainingChart::figure_request(const ExportSettings& settings) const {
  FigureRequest request;
  request.grid = read_figure_grid(settings.panel);
  request.page = settings.page;
  for (const std::string_view panel : panels_of(request.grid, 0)) {
    ExperimentPictures pictures = experiment_pictures(experiments_, panel, smoothing());
    request.charts.push_back({std::string(panel), with_axes(std::move(pictures.curves))});
    if (pictures.comparison) request.charts.back().comparison = comparison();
  }
  for (const Experiment& experiment : experiments_)
    request.title += (request.title.empty() ? "" : "; ") + experiment.name;
  if (request.title.empty()) request.title = "Training";
  return request;
}

void TrainingChart::export_figure(const ExportSettings& settings) {
  last_export_ = settings;
  FigureRequest request = figure_request(settings);
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
  const TableFile& kind = table_file(table);
  const std::string text =
      kind.write_report ? kind.write_report(report_of(exported, columns_->shown_rules())) : kind.write(exported);
  write_in_background(path, [file, text] {
    write_atomically(file, text);
    return std::vector<std::string>{};
  });
}

void TrainingChart::write_in_background(const QString& path, std::function<std::vector<std::string>()> write) {
  background_.start(tr("Writing %1").arg(QFileInfo(path).fileName()),
                    [this, path, write = std::move(write)](const TaskControl&) -> Background::Outcome {
                      return [this, path, text = wrote_text(path, write())] { Q_EMIT notice(text, path); };
                    });
}

}  // namespace dnm
