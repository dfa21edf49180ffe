// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/search/search_window.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <filesystem>
#include <functional>
#include <utility>

#include "app/studio/widgets/text.h"
#include "app/studio/widgets/translation.h"
#include "app/workspace/exported.h"
#include "app/workspace/search/search_plot.h"
#include "app/workspace/search/search_report.h"
#include "app/workspace/search/search_run.h"
#include "core/support/error.h"
#include "core/support/shell_word.h"
#include "viz/figure/figure_writer.h"

namespace dnm {

namespace {

constexpr int least_pause = 2000;  // ms between two looks at the folder
constexpr int pause_factor = 10;   // at least so many times as long as a look takes
constexpr int trial_column = 1;

void fill_table(QTreeWidget& table, const std::vector<std::vector<std::string>>& cells) {
  table.clear();
  if (cells.empty()) return;
  QStringList headings;
  for (const std::string& cell : cells.front()) headings += translated(cell);
  table.setHeaderLabels(headings);
  QList<QTreeWidgetItem*> rows;
  for (std::size_t line = 1; line < cells.size(); ++line) {
    QStringList words;
    for (const std::string& cell : cells[line]) words += to_qt(cell);
    rows += new QTreeWidgetItem(words);
  }
  table.addTopLevelItems(rows);
  for (int column = 0; column < table.columnCount(); ++column) table.resizeColumnToContents(column);
}

/// Fills a table anew by `fill`; the place it was scrolled to stays.
void refill(QTreeWidget& table, const std::function<void()>& fill) {
  const int scrolled = table.verticalScrollBar()->value();
  fill();
  table.doItemsLayout();
  table.verticalScrollBar()->setValue(scrolled);
}

}  // namespace

SearchWindow::SearchWindow(Document& document, const QString& folder, QWidget* parent)
    : QDialog(parent),
      document_(document),
      folder_(folder),
      watch_(std::make_shared<SearchWatch>(std::filesystem::path(folder.toStdString()))) {
  setObjectName("search-window");
  setWindowTitle(tr("Search: %1").arg(QFileInfo(folder).fileName()));
  setAccessibleName(tr("Search in %1").arg(QFileInfo(folder).fileName()));
  setWindowFlag(Qt::WindowMaximizeButtonHint);
  auto* column = new QVBoxLayout(this);
  QString what = to_qt(search_words(watch_->search().plan()));
  what.front() = what.front().toUpper();
  auto* words = new QLabel(what + ".", this);
  words->setObjectName("search-words");
  words->setAccessibleName(tr("What is searched"));
  words->setWordWrap(true);
  words->setTextFormat(Qt::PlainText);
  column->addWidget(words);
  state_ = new QLabel(tr("Reading the folder …"), this);
  state_->setObjectName("search-state");
  state_->setAccessibleName(tr("How far the search is"));
  state_->setWordWrap(true);
  state_->setTextFormat(Qt::PlainText);
  column->addWidget(state_);

  auto* halves = new QSplitter(Qt::Vertical, this);
  halves->setChildrenCollapsible(false);
  canvas_ = new SearchCanvas(halves);
  tabs_ = new QTabWidget(halves);
  tabs_->setObjectName("search-tabs");
  tabs_->setAccessibleName(tr("Tables of the search"));
  trials_ = add_table("search-trials", tr("Trials"), tr("The settings that were tried, the best first"));
  curves_ = new ChartCanvas(tabs_);
  curves_->setObjectName("search-curves");
  curves_->setAccessibleName(tr("Curves of the search"));
  tabs_->setTabToolTip(tabs_->addTab(curves_, tr("Curves")),
                       tr("The best value so far, and how the best trials learned"));
  rungs_ = add_table("search-rungs", tr("Rungs"), tr("How many trials were trained for so many epochs, and went on"));
  finals_ = add_table("search-finals", tr("Other Seeds"),
                      tr("The best settings under seeds that chose nothing, on test data"));
  halves->addWidget(canvas_);
  halves->addWidget(tabs_);
  halves->setStretchFactor(0, 3);
  halves->setStretchFactor(1, 2);
  column->addWidget(halves, 1);
  auto* buttons = new QHBoxLayout;
  add_buttons(*buttons);
  column->addLayout(buttons);

  next_look_.setSingleShot(true);
  connect(&next_look_, &QTimer::timeout, this, &SearchWindow::look);
  connect(&writing_, &Background::problem, this, [this](const QString& text) { Q_EMIT problem(text + "."); });
  connect(canvas_, &SearchCanvas::chosen, this, [this](std::size_t line) {
    if (view_ && select_row(plotted_trials(view_->results)[line])) tabs_->setCurrentWidget(trials_);
  });
  connect(trials_, &QTreeWidget::itemSelectionChanged, this, [this] {
    draw();
    offer();
  });
  connect(trials_, &QTreeWidget::itemActivated, this, [this] { use_setting(); });
  draw();
  offer();
  resize(900, 680);
}

QTreeWidget* SearchWindow::add_table(const char* id, const QString& title, const QString& tool_tip) {
  auto* table = new QTreeWidget(tabs_);
  table->setObjectName(id);
  table->setAccessibleName(tr("%1 of the search").arg(title));
  table->setRootIsDecorated(false);
  table->setUniformRowHeights(true);
  table->setAllColumnsShowFocus(true);
  table->header()->setStretchLastSection(false);
  const int tab = tabs_->addTab(table, title);
  tabs_->setTabToolTip(tab, tool_tip);
  return table;
}

QPushButton* SearchWindow::add_button(QHBoxLayout& line, const char* id, const QString& text, const QString& tool_tip) {
  auto* button = new QPushButton(text, this);
  button->setObjectName(id);
  button->setToolTip(tool_tip);
  button->setAutoDefault(false);
  line.addWidget(button);
  return button;
}

void SearchWindow::add_buttons(QHBoxLayout& line) {
  use_ = add_button(line, "search-use", tr("&Use This Setting"),
                    tr("The working network and the training get the setting of the trial: one step of undo"));
  open_ = add_button(line, "search-open", tr("&Show Its Runs"),
                     tr("The curves and updates of the trial's runs, in Training"));
  copy_ =
      add_button(line, "search-copy", tr("Copy &Command"), tr("The command line that trains, or draws, this setting"));
  export_ = add_button(line, "search-export", tr("&Export Figure …"),
                       tr("The trials in parallel coordinates (PDF, SVG, PNG)"));
  line.addStretch(1);
  cancel_ = add_button(line, "search-cancel", tr("Cancel &Search …"),
                       tr("End its workers, wherever they are; each keeps its work, and the search can go on later"));
  QPushButton* close = add_button(line, "search-close", tr("Close"), tr("Stop watching; the search goes on"));
  connect(use_, &QPushButton::clicked, this, &SearchWindow::use_setting);
  connect(open_, &QPushButton::clicked, this, [this] {
    if (const auto trial = selected_trial())
      Q_EMIT runs_requested(QString::fromStdString(folder_of_trial(watch_->search().path(), *trial).string()));
  });
  connect(copy_, &QPushButton::clicked, this, &SearchWindow::copy_command);
  connect(export_, &QPushButton::clicked, this, &SearchWindow::ask_figure);
  connect(cancel_, &QPushButton::clicked, this, &SearchWindow::ask_cancel);
  connect(close, &QPushButton::clicked, this, &QDialog::close);
}

void SearchWindow::showEvent(QShowEvent* event) {
  QDialog::showEvent(event);
  look();
}

void SearchWindow::hideEvent(QHideEvent* event) {
  QDialog::hideEvent(event);
  next_look_.stop();
}

void SearchWindow::look() {
  if (looking_.is_busy()) return;
  const auto again = [this](qint64 took) {
    if (isVisible()) next_look_.start(std::max(least_pause, pause_factor * static_cast<int>(took)));
  };
  looking_.start(
      tr("Reading the search"),
      [this, watch = watch_, again](const TaskControl& control) -> Background::Outcome {
        QElapsedTimer clock;
        clock.start();
        return [this, again, view = watch->look(control), took = clock.elapsed()]() mutable {
          if (view) show_view(std::move(*view));
          show_state();
          again(took);
        };
      },
      [this, again](const QString& why) {
        show_state(why);
        again(least_pause);
      });
}

void SearchWindow::show_view(SearchView view) {
  const auto selected = selected_trial();
  view_ = std::move(view);
  {
    const QSignalBlocker quiet(trials_);
    refill(*trials_, [&] {
      fill_table(*trials_, view_->trials);
      if (selected) select_row(*selected);
    });
  }
  curves_->show_charts(search_charts(watch_->search().plan(), view_->results, view_->curves));
  refill(*rungs_, [this] { fill_table(*rungs_, view_->rungs); });
  refill(*finals_, [this] { fill_table(*finals_, view_->finals); });
  const bool has_finals = !view_->finals.empty();
  tabs_->setTabVisible(tabs_->indexOf(finals_), has_finals);
  tabs_->setTabEnabled(tabs_->indexOf(finals_), has_finals);  // Ctrl+Tab goes to tabs that are hidden
  draw();
  offer();
}

void SearchWindow::show_state(const QString& reading_problem) {
  QString text;
  if (view_) {
    text = translated(view_->progress) + ".";
    if (!view_->slurm.empty()) text += " " + to_qt(view_->slurm) + ".";
    if (!view_->importance.empty())
      text += "\n" + tr("Importance (functional ANOVA): %1.").arg(to_qt(view_->importance));
  }
  if (!reading_problem.isEmpty()) {
    if (!text.isEmpty()) text += "\n";
    text += tr("The folder cannot be read now, and what is shown is from before: %1.").arg(reading_problem);
  }
  if (state_->text() != text) state_->setText(text);
}

ParallelPlot SearchWindow::plot(std::optional<std::int64_t> marked) const {
  const SearchFolder& search = watch_->search();
  return search_plot(search.plan(), search.space(), view_ ? view_->results : SearchResults{}, marked);
}

void SearchWindow::draw() {
  ParallelPlot shown = plot(selected_trial());
  shown.title.clear();  // it stands above the picture
  canvas_->show_plot(std::move(shown));
}

void SearchWindow::offer() {
  const auto trial = selected_trial();
  const bool trained = trial && trains(watch_->search().plan());
  use_->setEnabled(trial.has_value());
  copy_->setEnabled(trial.has_value());
  open_->setEnabled(trained);
  export_->setEnabled(view_ && !view_->results.trials.empty());
  cancel_->setEnabled(view_ && !view_->is_over);
}

std::optional<std::int64_t> SearchWindow::selected_trial() const {
  const QList<QTreeWidgetItem*> rows = trials_->selectedItems();
  if (rows.isEmpty()) return std::nullopt;
  return rows.front()->text(trial_column).toLongLong();
}

bool SearchWindow::select_row(std::int64_t trial) {
  const QList<QTreeWidgetItem*> rows = trials_->findItems(QString::number(trial), Qt::MatchExactly, trial_column);
  if (!rows.isEmpty()) trials_->setCurrentItem(rows.front());
  return !rows.isEmpty();
}

void SearchWindow::use_setting() {
  const auto trial = selected_trial();
  if (!trial) return;
  const SearchFolder& search = watch_->search();
  const WorkspaceState found = trial_start(search.plan(), search.space().values(*trial)).state;
  WorkspaceState next = document_.state();
  const std::uint64_t seed = next.parameters.seed;
  next.parameters = found.parameters;
  next.parameters.seed = seed;
  if (trains(search.plan())) next.training = found.training;
  next.shown = ShownModel{};
  document_.edit(QStringLiteral("setting of trial %1").arg(*trial), std::move(next));
}

void SearchWindow::copy_command() {
  const auto trial = selected_trial();
  const TrialResult* const found = trial ? find_trial(view_->results, *trial) : nullptr;
  if (found == nullptr) return;
  const QString line = to_qt(command_of_trial(watch_->search().plan(), *found));
  QApplication::clipboard()->setText(line);
  Q_EMIT notice(tr("Copied: %1").arg(line));
}

void SearchWindow::ask_figure() {
  ExportSettings proposed = last_export_;
  if (proposed.path.isEmpty()) proposed.path = QDir::current().filePath("search.pdf");
  auto* dialog = new ExportDialog(proposed,
                                  {tr("Export Search"),
                                   {{tr("Parallel coordinates"), std::string(all_pictures)}},
                                   tr("The figure carries the command line that draws it again, and this session."),
                                   [this](const ExportSettings& settings) { return figure_request(settings); },
                                   {}},
                                  this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] { export_figure(dialog->settings()); });
  dialog->open();
}

FigureRequest SearchWindow::figure_request(const ExportSettings& settings) const {
  FigureRequest request;
  request.grid = read_figure_grid(settings.panel);
  request.page = settings.page;
  request.charts.push_back({std::string(all_pictures), {}, {}, {}, plot({})});
  request.title = search_words(watch_->search().plan());
  return request;
}

void SearchWindow::export_figure(const ExportSettings& settings) {
  last_export_ = settings;
  const std::filesystem::path path(settings.path.toStdString());
  FigureRequest request = figure_request(settings);
  request.command_line =
      "dnm collect " + shell_word(folder_.toStdString()) + " --figure " + shell_word(path.filename().string());
  request.session_json = exported_session(document_.session(), path);
  writing_.start(tr("Writing %1").arg(QFileInfo(settings.path).fileName()),
                 [this, name = settings.path, path, request = std::move(request)](const TaskControl&) {
                   return [this, name, text = wrote_text(name, write_figure(path, request))] {
                     Q_EMIT notice(text, name);
                   };
                 });
}

void SearchWindow::ask_cancel() {
  question_.ask(this, "search-cancel-question", tr("Cancel Search"),
                tr("Its workers end within a minute, on whatever machine they are. Each keeps its work, and "
                   "“dnm search -o FOLDER” goes on with the search."),
                {{tr("Cancel Search"), QMessageBox::DestructiveRole, [this] {
                    looking_.start(
                        tr("Cancelling the search"),
                        [this, watch = watch_](const TaskControl& control) -> Background::Outcome {
                          watch->cancel("from the window", control);
                          return [this] { look(); };
                        },
                        [this](const QString& why) { Q_EMIT problem(why + "."); });
                  }}});
}

}  // namespace dnm
