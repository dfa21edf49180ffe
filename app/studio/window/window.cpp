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
#include <utility>

#include "app/studio/dialogs/recovery_dialog.h"
#include "app/studio/widgets/panel_focus.h"
#include "app/studio/widgets/tab_order.h"
#include "app/studio/widgets/text.h"
#include "app/studio/window/recent_file.h"

namespace dnm {

namespace {
constexpr qsizetype most_recent_files = 10;
constexpr int training_beside_model = 1260;  // in a narrower window, the Training panel would have to scroll there
constexpr int three_columns = 1200;          // in a narrower window, the pictures would get less than half of the width
constexpr int least_training_height = 285;
constexpr QSize frame_of_desktop(16, 48);  // title bar and borders, which are not known before the window is shown
}  // namespace

Window::Window(const WindowOptions& options)
    : options_(options),
      live_(document_),
      neurons_(document_, live_),
      pins_(document_, live_),
      training_(document_, live_, runs_) {
  training_.set_runs_folder(options_.runs_folder);
  if (options_.first.state != document_.state()) document_.reset(options_.first);
  setObjectName("dnm-studio");
  setAccessibleName("DNM Studio");
  setWindowIcon(QIcon::fromTheme("io.github.dnm_studio.Studio", QIcon(":/icons/dnm-studio.svg")));
  setAcceptDrops(true);
  setDockNestingEnabled(true);
  setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);

  auto* center = new QWidget(this);
  auto* column = new QVBoxLayout(center);
  column->setContentsMargins(0, 2, 0, 0);
  column->setSpacing(4);
  views_ = new ViewArea(document_, live_, center);
  column->addWidget(views_, 1);
  messages_ = new MessageBar(center);
  setCentralWidget(center);

  files_ = new FileActions(document_, live_, runs_, this);
  files_->set_first_session(options_.first);
  if (!options_.recovery_folder.empty())
    recovery_ = std::make_unique<Recovery>(document_, runs_, options_.recovery_folder);
  model_dock_ = new ModelDock(document_, live_, runs_, this);
  measures_dock_ = new MeasuresDock(document_, live_, this);
  training_dock_ = new TrainingDock(document_, live_, training_, runs_, this);
  neurons_dock_ = new NeuronsDock(document_, live_, neurons_, this);
  pins_dock_ = new PinsDock(document_, pins_, this);
  sweep_dock_ = new SweepDock(document_, this);
  addDockWidget(Qt::LeftDockWidgetArea, model_dock_);
  addDockWidget(Qt::RightDockWidgetArea, measures_dock_);
  addDockWidget(Qt::BottomDockWidgetArea, training_dock_);
  addDockWidget(Qt::BottomDockWidgetArea, neurons_dock_);
  addDockWidget(Qt::BottomDockWidgetArea, pins_dock_);
  addDockWidget(Qt::BottomDockWidgetArea, sweep_dock_);
  for (ViewPane* pane : views_->panes()) neurons_.follow(pane->view());
  for (DockPicture* picture : measures_dock_->pictures()) neurons_.follow(*picture);
  status_ = new StatusLine(
      document_, live_, *files_, [this] { return views_->is_current() && measures_dock_->is_current(); }, this);
  setStatusBar(status_);
  make_menus();
  new PanelFocus(*this);
  set_tab_order({model_dock_, center, measures_dock_, training_dock_, neurons_dock_, pins_dock_, sweep_dock_, status_});

  connect(model_dock_, &ModelDock::rejected, this, &Window::show_rejection);
  connect(model_dock_, &ModelDock::rejection_over, messages_, &MessageBar::withdraw);
  connect(&neurons_, &NeuronSelection::changed, status_, [this] { status_->show_selection(neurons_.words()); });
  connect(neurons_dock_, &NeuronsDock::notice, this, [this](const QString& text) { show_notice(text); });
  connect(&pins_, &PinBoard::pinned, pins_dock_, &PinsDock::show_pin);
  connect(&pins_, &PinBoard::rejected, this, &Window::show_rejection);
  connect(pins_dock_, &PinsDock::use_requested, this, &Window::use_pin);
  connect(pins_dock_, &PinsDock::notice, this, &Window::show_notice);
  connect(pins_dock_, &PinsDock::problem, this, &Window::show_problem);
  connect(model_dock_, &ModelDock::sweep_requested, sweep_dock_, &SweepDock::vary);
  connect(sweep_dock_, &SweepDock::rejected, this, &Window::show_rejection);
  connect(sweep_dock_, &SweepDock::message, this, &Window::show_problem);
  connect(sweep_dock_, &SweepDock::notice, this, &Window::show_notice);
  connect(measures_dock_, &MeasuresDock::rejected, this, &Window::show_rejection);
  connect(measures_dock_, &MeasuresDock::rejection_over, messages_, &MessageBar::withdraw);
  connect(training_dock_, &TrainingDock::message, this, &Window::show_problem);
  connect(training_dock_, &TrainingDock::rejected, this, &Window::show_rejection);
  connect(training_dock_, &TrainingDock::rejection_over, messages_, &MessageBar::withdraw);
  connect(training_dock_, &TrainingDock::notice, this, &Window::show_notice);
  connect(&training_dock_->list(), &RunsList::restore_requested, this, &Window::restore_settings);
  connect(&training_, &TrainingController::message, this, &Window::show_problem);
  connect(&training_, &TrainingController::problem_over, messages_, &MessageBar::withdraw);
  connect(&training_, &TrainingController::origin_chosen, this,
          [this](const QString& what, const WorkspaceState& next) {
            files_->edit_with_its_network(what, next, [this] { training_.start_as_shown(); });
          });
  connect(&runs_, &TrainingRuns::message, this, &Window::show_problem);
  connect(&runs_, &TrainingRuns::problem_over, messages_, &MessageBar::withdraw);
  connect(&runs_, &TrainingRuns::results_changed, &document_, &Document::note_unsaved);
  connect(&runs_, &TrainingRuns::rewired, this, &Window::follow);
  connect(files_, &FileActions::message, this, &Window::show_problem);
  connect(files_, &FileActions::message_over, messages_, &MessageBar::withdraw);
  connect(files_, &FileActions::notice, this, &Window::show_notice);
  connect(messages_, &MessageBar::all_requested, this, &Window::show_messages);
  connect(files_, &FileActions::session_opened, this, [this] {
    const auto* run = std::get_if<ShownRun>(&document_.state().shown);
    if (!run || run->experiment.empty()) return;
    for (const Experiment& experiment : runs_.experiments())
      if (experiment.identity == run->experiment) training_dock_->list().select({experiment.id, run->seed});
  });
  connect(files_, &FileActions::search_opened, this, &Window::show_search);
  connect(files_, &FileActions::used, this, &Window::remember);
  if (recovery_) {
    connect(recovery_.get(), &Recovery::problem, this, &Window::show_problem);
    connect(recovery_.get(), &Recovery::problem_over, messages_, &MessageBar::withdraw);
  }
  connect(views_, &ViewArea::hovered, status_, &StatusLine::show_hover);
  connect(views_, &ViewArea::painted, status_, &StatusLine::refresh);
  connect(measures_dock_, &MeasuresDock::painted, status_, &StatusLine::refresh);
  connect(&live_, &LiveBridge::updated, this, &Window::report_failures);
  connect(&document_, &Document::path_changed, this, &Window::show_title);
  connect(&document_, &Document::modified_changed, this, &Window::show_title);
  show_title();

  const QSize room = screen()->availableSize() - frame_of_desktop;
  resize(usual_window_size.boundedTo(room));
  reset_layout();
  if (options_.keep_settings) read_settings();
  show_recent();
}

// A number that is half typed is taken as its box is hidden, which needs all that is destroyed before the box.
Window::~Window() { hide(); }

void Window::arrange_as_usual() {
  int place = 0;
  constexpr Qt::DockWidgetArea areas[] = {Qt::LeftDockWidgetArea, Qt::RightDockWidgetArea, Qt::BottomDockWidgetArea};
  for (QDockWidget* dock : {static_cast<QDockWidget*>(model_dock_), static_cast<QDockWidget*>(measures_dock_),
                            static_cast<QDockWidget*>(training_dock_)}) {
    dock->setFloating(false);
    addDockWidget(areas[place++], dock);
    dock->show();
  }
  // Beside the training, whose width tables and charts need; and only when they are asked for.
  for (QDockWidget* dock : {static_cast<QDockWidget*>(neurons_dock_), static_cast<QDockWidget*>(pins_dock_),
                            static_cast<QDockWidget*>(sweep_dock_)}) {
    dock->setFloating(false);
    addDockWidget(Qt::BottomDockWidgetArea, dock);
    tabifyDockWidget(training_dock_, dock);
    dock->hide();
  }
  if (width() < three_columns) {
    tabifyDockWidget(model_dock_, measures_dock_);
    model_dock_->raise();
  }
  publish_tools_->hide();
  resizeDocks({model_dock_, measures_dock_}, {340, 290}, Qt::Horizontal);
  resizeDocks({training_dock_}, {std::max(least_training_height, height() * 36 / 100)}, Qt::Vertical);
  training_dock_->reset_layout();
  views_->reset_layout();
}

void Window::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  setCorner(Qt::BottomLeftCorner, width() < training_beside_model ? Qt::BottomDockWidgetArea : Qt::LeftDockWidgetArea);
}

void Window::show_title() {
  setWindowTitle((document_.path().isEmpty() ? tr("Untitled") : document_.name()) + "[*] – DNM Studio");
  setWindowModified(document_.is_modified());
}

void Window::show_problem(const QString& text) { messages_->show_message(MessageBar::Kind::problem, text); }

void Window::show_rejection(const QString& text) { messages_->show_message(MessageBar::Kind::rejection, text); }

void Window::show_notice(const QString& text, const QString& file) {
  messages_->show_message(MessageBar::Kind::notice, text, file);
}

void Window::report_failures() {
  const LiveSnapshot& snapshot = live_.snapshot();
  if (snapshot.generation == reported_generation_) return;
  for (const QString& failure : std::exchange(reported_failures_, {})) messages_->withdraw(failure);
  if (!live_.is_settled()) return;
  reported_generation_ = snapshot.generation;
  const auto report = [this](const QString& failure) {
    reported_failures_ += failure;
    show_problem(failure);
  };
  if (snapshot.network.freshness == Freshness::failed) return report(translated(snapshot.network.problem));
  for (std::size_t i = 0; i < snapshot.measures.size(); ++i)
    if (snapshot.measures[i].freshness == Freshness::failed)
      report(translated(measure_table()[i].label) + ": " + translated(snapshot.measures[i].problem));
  if (snapshot.embedding.freshness == Freshness::failed)
    report(tr("Embedding: %1").arg(translated(snapshot.embedding.problem)));
}

void Window::remember(const QString& path) {
  RecentFile recent{QFileInfo(path).absoluteFilePath()};
  if (network_file(document_.state()) == recent.path.toStdString()) recent.reading = network_reading(document_.state());
  recent_.removeIf([&](const QString& line) { return RecentFile::from_line(line).path == recent.path; });
  recent_.prepend(recent.to_line());
  while (recent_.size() > most_recent_files) recent_.removeLast();
  if (options_.keep_settings) QSettings().setValue("recent", recent_);
  show_recent();
}

void Window::offer_unsaved_work(bool asked) {
  if (!recovery_) return;
  files_->background().start(
      tr("Looking for unsaved work"), [this, asked, folder = recovery_->folder()](const TaskControl&) {
        const auto offered = std::make_shared<std::vector<OfferedWork>>(find_offered_work(folder));
        return [this, asked, offered] {
          if (offered->empty()) {
            if (asked)
              messages_->show_message(MessageBar::Kind::notice, tr("There is no unsaved work from an earlier start."));
            return;
          }
          auto* dialog = new RecoveryDialog(std::move(*offered), this);
          connect(dialog, &RecoveryDialog::open_requested, this, [this](const OfferedWork& one) {
            files_->open_unsaved(*one.work, [this, kept = one.kept] { recovery_->adopt(kept); });
          });
          dialog->open();
        };
      });
}

void Window::restore_settings(std::uint64_t id) {
  const Experiment* experiment = runs_.runner().experiment(id);
  if (!experiment) return;
  WorkspaceState next = document_.state();
  if (!is_known_by_its_runs(*experiment)) next.parameters = experiment->start.parameters;
  next.shown = experiment->start.shown;
  next.training = experiment->start.training;
  next.training.longer = false;
  // A folder that it was given by the window is its own; the next run gets another.
  const std::filesystem::path& runs = training_.runs_folder();
  if (!runs.empty() && std::filesystem::path(next.training.run_folder).parent_path() == runs)
    next.training.run_folder.clear();
  next.seeds = experiment->start.seeds;
  files_->edit_with_its_network("return to the settings of “" + to_qt(experiment->name) + "”", std::move(next));
}

void Window::follow(const RunKey& key) {
  const Experiment* experiment = runs_.runner().experiment(key.experiment);
  const ExperimentRun* run = runs_.runner().run(key);
  if (experiment && run && is_followed(*experiment, *run, document_.state()))
    document_.replace_shown(followed_run(*experiment, *run, document_.state()));
}

void Window::ask_to_stop_training(const QStringList& groups) {
  const auto stop = [this] {
    may_lose_runs_ = true;
    close();
  };
  question_.ask(this, "training-question", tr("Training is not finished"),
                tr("“%1” is still training and has no run folder to continue from: its weights would be lost.")
                    .arg(groups.join(tr("”, “", "between two names"))),
                {{tr("Stop and close"), QMessageBox::DestructiveRole, stop}});
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
  if (options_.keep_settings) write_settings();
  training_.cancel_start();
  runs_.stop_all();
  live_.cancel();
  sweep_dock_->stop();
  if (recovery_) recovery_->forget();
  event->accept();
}

void Window::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void Window::dropEvent(QDropEvent* event) {
  const QList<QUrl> urls = event->mimeData()->urls();
  if (urls.isEmpty()) return;
  event->acceptProposedAction();
  if (!urls.front().isLocalFile())
    return show_problem(tr("%1 is not on this machine; copy it here and open the copy.").arg(urls.front().toString()));
  files_->open(urls.front().toLocalFile());
}

}  // namespace dnm
