// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QTextBrowser>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "app/studio/dialogs/command_palette.h"
#include "app/studio/dialogs/manual_window.h"
#include "app/studio/dialogs/missing_links_window.h"
#include "app/studio/dialogs/rules_dialog.h"
#include "app/studio/search/search_window.h"
#include "app/studio/training/moment_panel.h"
#include "app/studio/training/weights_export.h"
#include "app/studio/widgets/text.h"
#include "app/studio/window/layer_choice.h"
#include "app/studio/window/recent_file.h"
#include "app/studio/window/window.h"
#include "app/workspace/command_lines.h"
#include "app/workspace/session/step_words.h"
#include "core/parameters/parameter_table.h"
#include "core/support/error.h"
#include "core/support/version.h"

namespace dnm {

namespace {

constexpr std::size_t most_steps_listed = 25;  // before and behind the present state: what a screen has room for

/// An action whose objectName is `id`, so that tests and settings find it.
template <class Receiver, class Slot>
QAction* add_action(QMenu* menu, const QString& id, const QString& text, const QKeySequence& key, Receiver* receiver,
                    Slot slot) {
  QAction* action = menu->addAction(text);
  action->setObjectName(id);
  if (!key.isEmpty()) action->setShortcut(key);
  QObject::connect(action, &QAction::triggered, receiver, slot);
  return action;
}

/// What a step of the undo history changed.
QString step_words(const History& history, std::size_t step) {
  return to_qt(
      step_text(history, step, [](const std::string& words) { return translated_step(to_qt(words)).toStdString(); }));
}

/// In front of all others.
void show_window(QWidget& window) {
  window.show();
  window.raise();
  window.activateWindow();
}

}  // namespace

void Window::make_menus() {
  make_file_menu();
  make_edit_menu();
  make_view_menu();
  make_network_menu();
  make_training_menu();
  make_help_menu();
  make_publish_tools();
}

void Window::make_file_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&File"));
  add_action(menu, "file-new", tr("&New Session"), QKeySequence::New, files_, &FileActions::new_session);
  add_action(menu, "file-open", tr("&Open …"), QKeySequence::Open, files_, &FileActions::open_with_dialog);
  add_action(menu, "file-open-runs", tr("Open Run &Folder …"), {}, files_,
             [this] { files_->open_folder_with_dialog(tr("Open Run Folder")); });
  recent_menu_ = menu->addMenu(tr("Open &Recent"));
  add_action(menu, "file-unsaved", tr("&Unsaved Work …"), {}, this, [this] { offer_unsaved_work(true); });
  menu->addSeparator();
  add_action(menu, "file-save", tr("&Save Session"), QKeySequence::Save, files_, &FileActions::save_session);
  // Not every desktop has a key for QKeySequence::SaveAs.
  add_action(menu, "file-save-as", tr("Save Session &As …"), QKeySequence("Ctrl+Shift+S"), files_,
             &FileActions::save_session_as);
  add_action(menu, "file-save-network", tr("Save Net&work As …"), QKeySequence("Ctrl+Alt+S"), files_,
             &FileActions::save_network_with_dialog);
  menu->addSeparator();
  add_action(menu, "file-export", tr("&Export Figure …"), QKeySequence("Ctrl+E"), files_,
             &FileActions::export_with_dialog);
  add_action(menu, "file-print", tr("&Print …"), QKeySequence("Ctrl+Alt+P"), files_, &FileActions::print_with_dialog)
      ->setToolTip(tr("On paper, the page that Export Figure was last set to"));
  menu->addSeparator();
  add_action(menu, "file-quit", tr("&Quit"), QKeySequence::Quit, this, &Window::close);
}

void Window::show_recent() {
  recent_menu_->clear();
  for (const QString& line : recent_) {
    const RecentFile recent = RecentFile::from_line(line);
    QAction* action = recent_menu_->addAction(QFileInfo(recent.path).fileName());
    action->setToolTip(recent.path);
    connect(action, &QAction::triggered, this, [this, recent] { files_->open(recent.path, recent.reading); });
  }
  recent_menu_->setToolTipsVisible(true);
  recent_menu_->setEnabled(!recent_.isEmpty());
}

void Window::make_edit_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&Edit"));
  QAction* undo = add_action(menu, "edit-undo", tr("&Undo"), QKeySequence::Undo, &document_, &Document::undo);
  QAction* redo = add_action(menu, "edit-redo", tr("&Redo"), {}, &document_, &Document::redo);
  redo->setShortcuts({QKeySequence(QKeySequence::Redo), QKeySequence("Ctrl+Y")});
  const auto name_steps = [this, undo, redo] {
    const History& history = document_.history();
    const QString undone = translated_step(to_qt(history.undo_label()));
    const QString redone = translated_step(to_qt(history.redo_label()));
    undo->setText(undone.isEmpty() ? tr("&Undo") : tr("&Undo %1").arg(undone));
    undo->setEnabled(history.can_undo());
    redo->setText(redone.isEmpty() ? tr("&Redo") : tr("&Redo %1").arg(redone));
    redo->setEnabled(history.can_redo());
  };
  connect(&document_, &Document::changed, this, name_steps);
  name_steps();
  QMenu* steps = menu->addMenu(tr("Undo &History"));
  steps->setObjectName("edit-history");
  connect(steps, &QMenu::aboutToShow, this, [this, steps] { list_steps(*steps); });
  list_steps(*steps);
  menu->addSeparator();
  add_action(menu, "edit-find-neurons", tr("&Find Neurons"), QKeySequence::Find, neurons_dock_, &NeuronsDock::find);
  QAction* neighbours = add_action(menu, "edit-select-neighbours", tr("Select &Neighbours Too"), QKeySequence("Ctrl+G"),
                                   &neurons_, &NeuronSelection::add_neighbours);
  QAction* none = add_action(menu, "edit-select-none", tr("Select N&othing"), QKeySequence("Ctrl+Shift+A"), &neurons_,
                             &NeuronSelection::clear);
  const auto offer = [this, neighbours, none] {
    for (QAction* action : {neighbours, none}) action->setEnabled(!neurons_.words().isEmpty());
  };
  connect(&neurons_, &NeuronSelection::changed, this, offer);
  offer();
  menu->addSeparator();
  add_action(menu, "edit-copy-command", tr("&Copy as Command Line"), QKeySequence("Ctrl+Shift+C"), this,
             [this] { copy_command_line(false); });
}

void Window::list_steps(QMenu& menu) {
  menu.clear();
  const History& history = document_.history();
  const std::size_t first = history.place() > most_steps_listed ? history.place() - most_steps_listed : 0;
  const std::size_t last = std::min(history.step_count(), history.place() + most_steps_listed);
  for (std::size_t place = last + 1; place-- > first;) {
    QString text = place > 0                 ? step_words(history, place)
                   : history.has_forgotten() ? tr("Earliest state that is kept")
                                             : tr("Start", "of the session");
    QAction* action = menu.addAction(text.replace('&', "&&"));
    action->setCheckable(true);
    action->setChecked(place == history.place());
    connect(action, &QAction::triggered, this, [this, place] { document_.go_to(place); });
  }
}

void Window::make_view_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&View"));
  int index = 0;
  for (const NetworkScene& scene : network_scene_table()) {
    add_action(menu, "view-" + to_qt(scene.id), translated(scene.title), QKeySequence(QString::number(index + 1)), this,
               [this, index] { views_->maximised() == index ? void() : views_->maximise(index); });
    ViewPane& pane = *views_->panes()[static_cast<std::size_t>(index)];
    QAction* copy = pane.menu().addAction(tr("Copy Picture"), this, [this, &pane, id = scene.id] {
      files_->copy_picture(id, pane.view().width() * 25.4 / pane.view().logicalDpiX());
    });
    copy->setObjectName("copy-picture-" + to_qt(scene.id));
    copy->setToolTip(tr("Puts the picture on the clipboard, as it would be printed"));
    ++index;
  }
  QAction* all = add_action(menu, "view-all", tr("&All Pictures"), {}, this, [this] { views_->maximise(-1); });
  all->setShortcuts({QKeySequence(QString::number(index + 1)), QKeySequence(Qt::Key_Escape)});
  menu->addSeparator();
  for (const Parameter<PictureOptions>& option : picture_option_table()) {
    QMenu* choices = menu->addMenu(translated(option.info.label));
    choices->setToolTipsVisible(true);
    views_->add_option(*choices, option);
  }
  menu->addSeparator();
  add_action(menu, "view-reset-zoom", tr("Reset &Zoom"), QKeySequence("Ctrl+0"), this, [this] {
    for (ViewPane* pane : views_->panes()) pane->view().reset_zoom();
  });
  menu->addSeparator();
  const QDockWidget* docks[] = {model_dock_, measures_dock_, training_dock_, neurons_dock_, pins_dock_, sweep_dock_};
  for (const QDockWidget* dock : docks) {
    QAction* toggle = dock->toggleViewAction();
    toggle->setObjectName("view-dock-" + dock->objectName());
    toggle->setText(tr("%1 Panel").arg(dock->windowTitle()));
    menu->addAction(toggle);
  }
  menu->addSeparator();
  make_layout_menu(*menu);
  add_action(menu, "view-reset-layout", tr("Reset &Layout"), {}, this, &Window::reset_layout);
  make_theme_menu(*menu);
  make_language_menu(*menu);
}

void Window::show_missing_links() {
  auto* links = findChild<MissingLinksWindow*>();
  if (!links) {
    links = new MissingLinksWindow(live_, this);
    connect(links, &MissingLinksWindow::notice, this, &Window::show_notice);
    connect(links, &MissingLinksWindow::problem, this, &Window::show_problem);
    connect(links, &MissingLinksWindow::rejected, this, &Window::show_rejection);
  }
  show_window(*links);
}

void Window::show_search(const QString& folder) {
  for (auto* open : findChildren<SearchWindow*>()) {
    if (open->folder() == folder) return show_window(*open);
  }
  try {
    auto* search = new SearchWindow(document_, folder, this);
    search->setAttribute(Qt::WA_DeleteOnClose);
    connect(search, &SearchWindow::notice, this, &Window::show_notice);
    connect(search, &SearchWindow::problem, this, &Window::show_problem);
    connect(search, &SearchWindow::runs_requested, files_, [this](const QString& path) { files_->open(path); });
    show_window(*search);
  } catch (const Error& error) {
    show_problem(to_qt(error.what()));
  }
}

void Window::use_moment() {
  const auto* run = std::get_if<ShownRun>(&document_.state().shown);
  if (!run || !run->network) return;
  WorkspaceState next = document_.state();
  next.shown = as_working_network(*run);
  document_.edit(use_words(*run), std::move(next));
}

void Window::use_pin(std::size_t place) {
  if (place >= pins_.pins().list.size()) return;  // it was removed between press and release
  const Pin& pin = pins_.pins().list[place];
  files_->edit_with_its_network("use of " + to_qt(pin.name), with_network_of(document_.state(), pin));
}

void Window::make_network_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&Network"));
  QMenu* presets_menu = menu->addMenu(tr("&Presets"));
  for (const Preset& preset : presets()) {
    QAction* action = add_action(presets_menu, "preset-" + to_qt(preset.id), translated(preset.title), {}, this,
                                 [this, &preset] { model_dock_->apply_preset(preset); });
    action->setToolTip(translated(preset.description));
  }
  presets_menu->setToolTipsVisible(true);
  add_action(menu, "network-new-seed", tr("New &Seed"), QKeySequence("Ctrl+D"), model_dock_, &ModelDock::new_seed);
  add_action(menu, "network-refresh", tr("Compute &Again"), QKeySequence::Refresh, this, [this] {
    live_.refresh();
    pins_.resume();
  });
  add_action(menu, "network-cancel", tr("&Cancel Computing"), QKeySequence("Ctrl+."), this, [this] {
    live_.cancel();
    pins_.cancel();
  });
  menu->addSeparator();
  QAction* use = add_action(menu, "network-use", tr("&Use This Network"), {}, this, &Window::use_moment);
  use->setToolTip(tr(
      "The network of the run at this moment becomes the working network: the run goes on without it, and Start trains "
      "it"));
  add_action(menu, "network-pin", tr("&Pin This Network"), QKeySequence("Ctrl+P"), &pins_, &PinBoard::pin)
      ->setToolTip(tr("Keep it beside others, to compare them"));
  add_action(menu, "network-pin-random", tr("Pin a Random Network of the &Same Sparsity"), QKeySequence("Ctrl+Shift+P"),
             &pins_, &PinBoard::pin_random)
      ->setToolTip(tr("The random network (Erdős–Rényi) of the same layers and links"));
  menu->addMenu(&pins_dock_->pin_menu());
  auto* pin = new QToolButton(status_);
  pin->setObjectName("status-pin");
  pin->setAutoRaise(true);
  pin->setText(tr("Pin"));
  pin->setAccessibleName(tr("Pin this network"));
  pin->setToolTip(tr("Keep this network beside others, to compare them (Ctrl+P)"));
  connect(pin, &QToolButton::clicked, &pins_, &PinBoard::pin);
  status_->addPermanentWidget(pin);
  add_action(menu, "network-sweep", tr("S&weep a Parameter …"), {}, sweep_dock_,
             [this] { sweep_dock_->vary("sparsity"); });
  add_action(menu, "network-missing-links", tr("Likeliest &Missing Links"), {}, this, &Window::show_missing_links);
  menu->addSeparator();
  QAction* graph = add_action(menu, "network-read-graph", tr("Read as &Graph"), {}, files_,
                              [this] { files_->read_as(ReadAs::graph); });
  QAction* layers = add_action(menu, "network-read-layers", tr("Read as &Layers"), {}, files_,
                               [this] { files_->read_as(ReadAs::layers); });
  QAction* choose = add_action(menu, "network-choose-layers", tr("C&hoose Layers …"), {}, this,
                               [this] { choose_layers(*files_, document_, this); });
  choose->setToolTip(tr("Which matrices of the file are the layers, and in which order"));
  menu->setToolTipsVisible(true);
  const auto offer = [this, graph, layers, choose, use] {
    const auto* run = std::get_if<ShownRun>(&document_.state().shown);
    use->setEnabled(run && run->network && !run->is_working);
    const auto* file = std::get_if<ShownFile>(&document_.state().shown);
    const bool is_layered = file && file->network && file->network->is_layered();
    graph->setEnabled(is_layered);
    layers->setEnabled(file && file->network && !is_layered);
    choose->setEnabled(can_choose_layers(document_));
  };
  connect(&document_, &Document::changed, this, offer);
  connect(&document_, &Document::shown_replaced, this, offer);
  offer();
}

void Window::ask_rules() {
  auto* dialog = new RulesDialog(document_.state().training, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] { training_.start_compared(dialog->chosen()); });
  dialog->open();
}

void Window::make_training_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&Training"));
  QAction* toggle = add_action(menu, "training-toggle", tr("&Start"), {}, &training_, &TrainingController::toggle);
  QAction* another = add_action(menu, "training-start-another", tr("Start &Another"), QKeySequence("Ctrl+Shift+Return"),
                                &training_, &TrainingController::start);
  QAction* rules = add_action(menu, "training-rules", tr("Train under Several &Rules …"), {}, this, &Window::ask_rules);
  QAction* stop = add_action(menu, "training-stop-action", tr("S&top"), QKeySequence("Ctrl+Shift+."), training_dock_,
                             &TrainingDock::stop);
  const auto* weights = new WeightsExport(runs_, training_dock_->list(), files_->background(), this);
  connect(weights, &WeightsExport::notice, this, &Window::show_notice);
  menu->addMenu(training_dock_->list().actions_menu());
  add_action(menu, "training-watch-search", tr("&Watch a Search …"), {}, files_, [this] {
    files_->open_folder_with_dialog(tr("Watch a Search"));
  })->setToolTip(tr("Open the folder of dnm search, also while its workers fill it, here or on a cluster"));
  menu->addSeparator();
  training_dock_->large_chart_action().setShortcut(QKeySequence("Ctrl+L"));
  menu->addAction(&training_dock_->large_chart_action());
  add_action(menu, "training-copy-command", tr("&Copy as Command Line"), {}, this, [this] { copy_command_line(true); });
  const auto refresh = [this, toggle, another, rules, stop] {
    const bool waiting = training_.is_waiting_for_network();
    const bool busy = runs_.runner().is_busy();
    const bool paused = runs_.runner().is_paused();
    toggle->setText(!busy ? tr("&Start") : paused ? tr("&Resume All") : tr("&Pause All"));
    toggle->setEnabled(!waiting);
    another->setEnabled(busy && !waiting);
    rules->setEnabled(!waiting);
    stop->setEnabled(waiting || training_dock_->list().stop_action()->isEnabled());
  };
  connect(&training_, &TrainingController::changed, this, refresh);
  connect(&runs_, &TrainingRuns::changed, this, refresh);
  connect(&training_dock_->list(), &RunsList::selection_changed, this, refresh);
  refresh();
}

void Window::make_help_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&Help"));
  add_action(menu, "help-manual", tr("&Manual"), QKeySequence::HelpContents, this, [this] {
    auto* manual = findChild<ManualWindow*>();
    if (!manual) manual = new ManualWindow(this);
    show_window(*manual);
  });
  add_action(menu, "help-start", tr("&Start Page"), {}, this, &Window::show_start_page);
  add_action(menu, "help-tour", tr("&Tour in Three Steps"), {}, this, &Window::start_tour);
  add_action(menu, "help-find", tr("&Find a Command …"), QKeySequence("Ctrl+K"), this, &Window::find_command);
  add_action(menu, "help-shortcuts", tr("&Keyboard Shortcuts"), QKeySequence("Ctrl+/"), this, &Window::show_shortcuts);
  add_action(menu, "help-messages", tr("&Messages So Far"), {}, this, &Window::show_messages);
  menu->addSeparator();
  add_action(menu, "help-about", tr("&About DNM Studio"), {}, this, &Window::show_about);
}

void Window::copy_command_line(bool training) {
  const WorkspaceState& state = document_.state();
  const std::string line = training ? training_command_line(state) : measure_command_line(state);
  if (line.empty()) return show_notice(tr("This network has no command line; save it or the session."));
  QApplication::clipboard()->setText(QString::fromStdString(line));
  show_notice(tr("Copied: %1").arg(QString::fromStdString(line)));
}

void Window::find_command() {
  auto* palette = new CommandPalette(*this);
  palette->open();
}

void Window::show_messages() {
  const QStringList& said = messages_->history();
  show_text(this, "messages", tr("Messages"),
            said.isEmpty() ? tr("There were no messages so far.") : said.join("\n\n"));
}

void Window::show_shortcuts() {
  auto* dialog = new QDialog(this);
  dialog->setObjectName("shortcuts");
  dialog->setAccessibleName(tr("Keyboard shortcuts"));
  dialog->setWindowTitle(tr("Keyboard Shortcuts"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  QString rows;
  const auto row = [&rows](const QString& what, const QString& keys) {
    rows += "<tr><td style='padding:2px 24px 2px 0'>" + what.toHtmlEscaped() + "</td><td><b>" + keys.toHtmlEscaped() +
            "</b></td></tr>";
  };
  const auto heading = [](const QString& words) {
    return "<tr><td colspan='2' style='padding-top:8px; color:gray'>" + words.toHtmlEscaped() + "</td></tr>";
  };
  for (const QAction* menu : menuBar()->actions()) {
    rows += heading(menu->text().remove('&'));
    QList<QAction*> actions = menu->menu()->actions();
    for (qsizetype place = 0; place < actions.size(); ++place) {
      const QAction* action = actions[place];
      if (action->menu() && action->menu()->objectName() == "layouts") actions += action->menu()->actions();
      QStringList keys;
      for (const QKeySequence& key : action->shortcuts()) keys += key.toString(QKeySequence::NativeText);
      QString text = action->text().remove('&');
      if (action->objectName() == "edit-undo") text = tr("Undo");  // without the name of the step
      if (action->objectName() == "edit-redo") text = tr("Redo");
      if (!keys.isEmpty()) row(text, keys.join(", "));
    }
  }
  rows += heading(tr("In the Training panel"));
  row(tr("Start, pause or resume all"), tr("Space"));
  rows += heading(tr("In the list of runs"));
  for (const QAction* action : training_dock_->list().actions_menu()->actions())
    if (!action->shortcut().isEmpty()) row(action->text(), action->shortcut().toString(QKeySequence::NativeText));
  rows += heading(tr("In the Pinned panel"));
  for (const QAction* action : pins_dock_->pin_menu().actions())
    if (!action->shortcut().isEmpty()) row(action->text(), action->shortcut().toString(QKeySequence::NativeText));
  rows += heading(tr("In a picture"));
  row(tr("Select a neuron"), tr("click; with Ctrl or Shift, several"));
  row(tr("Select those in a rectangle"), tr("Shift and drag"));
  row(tr("Zoom about the pointer"), tr("wheel"));
  row(tr("Move"), tr("drag"));
  row(tr("Show all"), tr("double-click"));
  row(tr("Fill the window, and back"), tr("double-click on the title"));
  auto* layout = new QVBoxLayout(dialog);
  auto* text = new QTextBrowser(dialog);
  text->setAccessibleName(tr("Shortcuts"));
  text->setHtml("<table>" + rows + "</table>");
  text->setMinimumSize(460, 560);
  layout->addWidget(text);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
  connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
  layout->addWidget(buttons);
  dialog->open();
}

void Window::show_about() {
  QMessageBox* box = show_text(
      this, "about", tr("About DNM Studio"),
      tr("<h3>DNM Studio %1</h3><p>Design, measure, embed and train sparse networks, live.</p>"
         "<p>The Dendritic Network Model and its measures follow D. Cerretti, Y. Zhang and C. V. Cannistraci. "
         "Built on Qt %2, VTK, igraph and LibTorch.</p>"
         "<p>Free software under the GNU General Public License, version 3 or later.</p>")
          .arg(QString::fromLatin1(program_version()), QString::fromLatin1(qVersion())));
  box->setIconPixmap(windowIcon().pixmap(64, 64));
}

}  // namespace dnm
