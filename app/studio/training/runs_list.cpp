// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/runs_list.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "app/studio/training/run_details.h"
#include "app/studio/training/runs_tree.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/experiments/experiment_words.h"
#include "training/runs/training_parameters.h"

namespace dnm {

namespace {

constexpr int most_jobs = 256;

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
  tree_ = new RunsTree(runner_, this);
  connect(tree_, &RunsTree::name_edited, &runs_, &TrainingRuns::rename);
  connect(tree_, &RunsTree::check_changed, &runs_, &TrainingRuns::set_visible);
  connect(tree_, &RunsTree::selection_changed, this, [this] {
    busy_before_.reset();
    show_actions();
    show_details();
    Q_EMIT selection_changed();
  });
  connect(tree_, &QTreeWidget::customContextMenuRequested, this, [this](const QPoint& at) {
    if (tree_->itemAt(at)) menu_->popup(tree_->viewport()->mapToGlobal(at));
  });
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

std::optional<RunKey> RunsList::selected() const { return tree_->selected(); }

void RunsList::select(const RunKey& key) { tree_->select(key); }

void RunsList::show_runs() {
  tree_->show_runs();
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
  if (const auto key = selected()) tree_->edit_name(key->experiment);
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
