// SPDX-License-Identifier: GPL-3.0-or-later
// What the panel of sweeps writes: figures and tables.
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <filesystem>
#include <utility>

#include "app/studio/sweep/sweep_dock.h"
#include "app/studio/widgets/file_choice.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/experiments/sweep_file.h"
#include "app/workspace/experiments/sweep_report.h"
#include "app/workspace/exported.h"
#include "core/files/atomic_file.h"
#include "viz/figure/figure_writer.h"

namespace dnm {

namespace {

struct TableFile {
  const char* id;     ///< of the action
  const char* words;  ///< in the menu
  const char* name;   ///< of the file that is proposed
  const char* filter;
};
constexpr TableFile table_files[] = {
    {"sweep-export-rows", QT_TRANSLATE_NOOP("dnm::SweepDock", "All Networks (CSV) …"), "sweep.csv",
     QT_TRANSLATE_NOOP("dnm::SweepDock", "Tables (*.csv)")},
    {"sweep-export-means", QT_TRANSLATE_NOOP("dnm::SweepDock", "Means (CSV) …"), "sweep-means.csv",
     QT_TRANSLATE_NOOP("dnm::SweepDock", "Tables (*.csv)")},
    {"sweep-export-markdown", QT_TRANSLATE_NOOP("dnm::SweepDock", "Means (Markdown) …"), "sweep-means.md",
     QT_TRANSLATE_NOOP("dnm::SweepDock", "Markdown (*.md)")},
};
const TableFile& table_file(SweepDock::Table table) { return table_files[static_cast<std::size_t>(table)]; }

std::string table_text(SweepDock::Table table, const Sweep& sweep) {
  switch (table) {
    case SweepDock::Table::rows:
      return sweep_csv(sweep);
    case SweepDock::Table::means_csv:
      return sweep_summary_csv(sweep);
    case SweepDock::Table::means_markdown:
      break;
  }
  return sweep_markdown(sweep, sweep_command_line(sweep.plan));
}

}  // namespace

QToolButton* SweepDock::make_export_button(QWidget* content) {
  export_ = new QToolButton(content);
  export_->setObjectName("sweep-export");
  export_->setText(tr("Export"));
  export_->setAccessibleName(tr("Export the sweep"));
  export_->setToolTip(tr("Write the charts as a figure, or their numbers as a table"));
  export_->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(export_);
  menu->setAccessibleName(tr("Export"));
  QAction* figure = menu->addAction(tr("Figure (PDF, SVG, PNG) …"), this, &SweepDock::ask_figure);
  figure->setObjectName("sweep-export-figure");
  menu->addSeparator();
  for (const Table table : {Table::rows, Table::means_csv, Table::means_markdown}) {
    QAction* action = menu->addAction(tr(table_file(table).words), this, [this, table] { ask_table(table); });
    action->setObjectName(table_file(table).id);
  }
  menu->addSeparator();
  QAction* copy = menu->addAction(tr("Copy as Command Line"), this, &SweepDock::copy_command);
  copy->setObjectName("sweep-copy-command");
  export_->setMenu(menu);
  return export_;
}

void SweepDock::ask_figure() {
  ExportSettings proposed = last_export_;
  if (proposed.path.isEmpty()) proposed.path = QDir::current().filePath("sweep.pdf");
  auto* dialog = new ExportDialog(proposed,
                                  {tr("Export Sweep"),
                                   {{tr("All measures"), std::string(all_pictures)}},
                                   tr("The figure carries the command line of the sweep, and this session."),
                                   [this](const ExportSettings& settings) { return figure_request(settings); },
                                   {}},
                                  window());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] { export_figure(dialog->settings()); });
  dialog->open();
}

void SweepDock::ask_table(Table table) {
  const TableFile& file = table_file(table);
  const QString folder = last_table_.isEmpty() ? QDir::currentPath() : QFileInfo(last_table_).path();
  QString path = choose_file_to_write(window(), tr("Export Numbers"), QDir(folder).filePath(file.name),
                                      tr(file.filter) + ";;" + tr("All files (*)"));
  if (path.isEmpty()) return;
  if (QFileInfo(path).suffix().isEmpty()) path += "." + QFileInfo(file.name).suffix();
  question_.ask_to_replace(window(), path, [this, table, path] { export_table(table, path); });
}

FigureRequest SweepDock::figure_request(const ExportSettings& settings) const {
  FigureRequest request;
  request.grid = read_figure_grid(settings.panel);
  request.page = settings.page;
  if (const auto sweep = runner_.sweep()) {
    SweepPictures pictures = sweep_pictures(*sweep);
    request.charts = {{std::string(all_pictures), std::move(pictures.charts), std::move(pictures.maps), {}}};
    request.title = sweep_words(*sweep);
  }
  return request;
}

void SweepDock::export_figure(const ExportSettings& settings) {
  const auto sweep = runner_.sweep();
  if (!sweep) return;
  last_export_ = settings;
  const std::filesystem::path path(settings.path.toStdString());
  FigureRequest request = figure_request(settings);
  request.command_line = exported_command_line(sweep_command_line(sweep->plan), path);
  request.session_json = exported_session(document_.session(), path);
  write_in_background(settings.path, [path, request = std::move(request)] { return write_figure(path, request); });
}

void SweepDock::export_table(Table table, const QString& path) {
  const auto sweep = runner_.sweep();
  if (!sweep) return;
  last_table_ = path;
  write_in_background(path, [file = std::filesystem::path(path.toStdString()), text = table_text(table, *sweep)] {
    write_atomically(file, text);
    return std::vector<std::string>{};
  });
}

void SweepDock::copy_command() {
  const auto sweep = runner_.sweep();
  if (!sweep) return;
  const QString line = to_qt(sweep_command_line(sweep->plan) + " -o sweep");
  QApplication::clipboard()->setText(line);
  Q_EMIT notice(tr("Copied: %1").arg(line));
}

void SweepDock::write_in_background(const QString& path, std::function<std::vector<std::string>()> write) {
  writing_.start(tr("Writing %1").arg(QFileInfo(path).fileName()),
                 [this, path, write = std::move(write)](const TaskControl&) -> Background::Outcome {
                   return [this, path, text = wrote_text(path, write())] { Q_EMIT notice(text, path); };
                 });
}

}  // namespace dnm
