// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/window.h"

#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QIcon>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>

#include "app/studio/widgets/text.h"

namespace dnm {

namespace {
constexpr qsizetype most_recent_files = 10;
constexpr int layout_version = 2;
}  // namespace

Window::Window(const WindowOptions& options) : options_(options), live_(document_), training_(document_, live_, runs_) {
  setObjectName("dnm-studio");
  setAccessibleName("DNM Studio");
  setWindowIcon(QIcon::fromTheme("io.github.dnm_studio.Studio", QIcon(":/icons/dnm-studio.svg")));
  setAcceptDrops(true);
  setDockNestingEnabled(true);
  setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);

  auto* center = new QWidget(this);
  auto* column = new QVBoxLayout(center);
  column->setContentsMargins(0, 2, 0, 0);
  column->setSpacing(4);
  messages_ = new MessageBar(center);
  views_ = new ViewArea(document_, live_, center);
  column->addWidget(messages_);
  column->addWidget(views_, 1);
  setCentralWidget(center);

  files_ = new FileActions(document_, live_, runs_, this);
  model_dock_ = new ModelDock(document_, live_, this);
  measures_dock_ = new MeasuresDock(document_, live_, this);
  training_dock_ = new TrainingDock(document_, live_, training_, runs_, this);
  addDockWidget(Qt::LeftDockWidgetArea, model_dock_);
  addDockWidget(Qt::RightDockWidgetArea, measures_dock_);
  addDockWidget(Qt::BottomDockWidgetArea, training_dock_);
  status_ = new StatusLine(
      document_, live_, *files_, [this] { return views_->is_current() && measures_dock_->is_current(); }, this);
  setStatusBar(status_);
  make_menus();

  connect(model_dock_, &ModelDock::message, this, &Window::show_problem);
  connect(measures_dock_, &MeasuresDock::message, this, &Window::show_problem);
  connect(training_dock_, &TrainingDock::message, this, &Window::show_problem);
  connect(training_dock_, &TrainingDock::notice, this,
          [this](const QString& text) { messages_->show_message(MessageBar::Kind::notice, text); });
  connect(&training_dock_->list(), &RunsList::restore_requested, this, &Window::restore_settings);
  connect(&training_, &TrainingController::message, this, &Window::show_problem);
  connect(&runs_, &TrainingRuns::message, this, &Window::show_problem);
  connect(&runs_, &TrainingRuns::results_changed, &document_, &Document::note_new_results);
  connect(&runs_, &TrainingRuns::rewired, this, &Window::follow);
  connect(files_, &FileActions::message, this, &Window::show_problem);
  connect(files_, &FileActions::notice, this,
          [this](const QString& text) { messages_->show_message(MessageBar::Kind::notice, text); });
  connect(files_, &FileActions::used, this, &Window::remember);
  connect(views_, &ViewArea::hovered, status_, &StatusLine::show_hover);
  connect(views_, &ViewArea::painted, status_, &StatusLine::refresh);
  connect(measures_dock_, &MeasuresDock::painted, status_, &StatusLine::refresh);
  connect(&live_, &LiveBridge::updated, this, &Window::report_failures);
  connect(&document_, &Document::path_changed, this, &Window::show_title);
  connect(&document_, &Document::modified_changed, this, &Window::show_title);
  show_title();

  resize(1600, 1000);
  reset_layout();
  if (options_.keep_settings) {
    const QSettings settings;
    restoreGeometry(settings.value("window/geometry").toByteArray());
    restoreState(settings.value("window/state").toByteArray(), layout_version);
    views_->restore_layout(settings.value("window/views").toByteArray());
    training_dock_->restore_layout(settings.value("window/training").toByteArray());
    if (const int jobs = settings.value("training/jobs").toInt(); jobs > 0) runs_.set_jobs(static_cast<unsigned>(jobs));
    recent_ = settings.value("recent").toStringList();
  }
  show_recent();
}

Window::~Window() = default;

void Window::reset_layout() {
  int place = 0;
  constexpr Qt::DockWidgetArea areas[] = {Qt::LeftDockWidgetArea, Qt::RightDockWidgetArea, Qt::BottomDockWidgetArea};
  for (QDockWidget* dock : {static_cast<QDockWidget*>(model_dock_), static_cast<QDockWidget*>(measures_dock_),
                            static_cast<QDockWidget*>(training_dock_)}) {
    dock->setFloating(false);
    addDockWidget(areas[place++], dock);
    dock->show();
  }
  resizeDocks({model_dock_, measures_dock_}, {340, 290}, Qt::Horizontal);
  resizeDocks({training_dock_}, {std::max(230, height() * 27 / 100)}, Qt::Vertical);
  training_dock_->reset_layout();
  views_->reset_layout();
}

void Window::show_title() {
  setWindowTitle(document_.name() + "[*] – DNM Studio");
  setWindowModified(document_.is_modified());
}

void Window::show_problem(const QString& text) { messages_->show_message(MessageBar::Kind::problem, text); }

void Window::report_failures() {
  const LiveSnapshot& snapshot = live_.snapshot();
  if (snapshot.generation == reported_generation_ || !live_.is_settled()) return;
  reported_generation_ = snapshot.generation;
  if (snapshot.network.freshness == Freshness::failed) return show_problem(to_qt(snapshot.network.problem));
  for (std::size_t i = 0; i < snapshot.measures.size(); ++i)
    if (snapshot.measures[i].freshness == Freshness::failed)
      show_problem(to_qt(measure_table()[i].label) + ": " + to_qt(snapshot.measures[i].problem));
  if (snapshot.embedding.freshness == Freshness::failed)
    show_problem("Embedding: " + to_qt(snapshot.embedding.problem));
}

void Window::remember(const QString& path) {
  const QString absolute = QFileInfo(path).absoluteFilePath();
  recent_.removeAll(absolute);
  recent_.prepend(absolute);
  while (recent_.size() > most_recent_files) recent_.removeLast();
  if (options_.keep_settings) QSettings().setValue("recent", recent_);
  show_recent();
}

void Window::restore_settings(std::uint64_t id) {
  const Experiment* experiment = runs_.runner().experiment(id);
  if (!experiment) return;
  WorkspaceState next = document_.state();
  next.parameters = experiment->start.parameters;
  next.shown = experiment->start.shown;
  next.training = experiment->start.training;
  next.seeds = experiment->start.seeds;
  files_->edit_with_its_network("return to the settings of “" + to_qt(experiment->name) + "”", std::move(next));
}

void Window::follow(const RunKey& key) {
  const Experiment* experiment = runs_.runner().experiment(key.experiment);
  const ExperimentRun* run = runs_.runner().run(key);
  if (experiment && run && is_followed(*experiment, *run, document_.state()))
    document_.replace_shown(shown_run(*experiment, *run));
}

void Window::ask_to_stop_training(const QStringList& groups) {
  const auto stop = [this] {
    may_lose_runs_ = true;
    close();
  };
  question_.ask(this, "training-question", "Training is not finished",
                "“" + groups.join("”, “") +
                    "” is still training and has no run folder to continue from: its weights "
                    "would be lost.",
                {{"Stop and close", QMessageBox::DestructiveRole, stop}});
}

void Window::closeEvent(QCloseEvent* event) {
  QStringList lost;
  for (const std::string& name : runs_.runner().lost_at_exit()) lost += to_qt(name);
  if (options_.ask_for_unsaved && !may_lose_runs_ && !lost.isEmpty()) {
    event->ignore();
    return ask_to_stop_training(lost);
  }
  if (!closing_ && options_.ask_for_unsaved && document_.is_modified()) {
    event->ignore();
    may_lose_runs_ = false;  // in case the user cancels
    files_->when_nothing_is_unsaved([this] {
      may_lose_runs_ = true;
      closing_ = true;
      close();
    });
    return;
  }
  if (options_.keep_settings) {
    QSettings settings;
    settings.setValue("window/geometry", saveGeometry());
    settings.setValue("window/state", saveState(layout_version));
    if (views_->maximised() < 0) settings.setValue("window/views", views_->save_layout());
    settings.setValue("window/training", training_dock_->save_layout());
    settings.setValue("training/jobs", runs_.runner().jobs());
  }
  training_.cancel_start();
  runs_.stop_all();
  live_.cancel();
  event->accept();
}

void Window::keyPressEvent(QKeyEvent* event) {
  // Not a shortcut, which would take Space away from buttons and check boxes with the focus.
  if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier && !event->isAutoRepeat()) {
    training_.toggle();
    return;
  }
  QMainWindow::keyPressEvent(event);
}

void Window::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void Window::dropEvent(QDropEvent* event) {
  const QList<QUrl> urls = event->mimeData()->urls();
  if (urls.isEmpty()) return;
  event->acceptProposedAction();
  if (!urls.front().isLocalFile())
    return show_problem(urls.front().toString() + " is not on this machine; copy it here and open the copy.");
  files_->open(urls.front().toLocalFile());
}

}  // namespace dnm
