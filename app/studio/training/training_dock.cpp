// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/training_dock.h"

#include <QFontMetrics>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QTextDocumentFragment>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <utility>

#include "app/studio/widgets/icons.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/experiments/experiment_words.h"
#include "app/workspace/experiments/training_start.h"
#include "app/workspace/exported.h"
#include "app/workspace/live_words.h"
#include "app/workspace/words.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "training/runs/run_seeds.h"
#include "training/runs/training_parameters.h"
#include "training/tasks/task_table.h"

namespace dnm {

namespace {

constexpr int make_room_for_icon = 20;
constexpr int widest_settings = 360;
constexpr int narrowest = 320;
constexpr int usual_settings = 300;
constexpr int usual_chart = 600;
constexpr int usual_list = 370;
constexpr int narrow_list = 260;

/// An upper bound of the width of rich text: its width if all of it were bold.
int width_in_bold(const QString& html, QFont font) {
  font.setBold(true);
  return QFontMetrics(font).horizontalAdvance(QTextDocumentFragment::fromHtml(html).toPlainText());
}

/// Rich text as plain text that fits the width, elided with "…".
QString elided_words(const QString& html, int width, const QFont& font) {
  const QString words = QTextDocumentFragment::fromHtml(html).toPlainText();
  return QFontMetrics(font).elidedText(words, Qt::ElideRight, width).toHtmlEscaped();
}

}  // namespace

TrainingDock::TrainingDock(Document& document, LiveBridge& live, TrainingController& training, TrainingRuns& runs,
                           QWidget* parent)
    : Panel("training", tr("Training"), parent), document_(document), live_(live), training_(training), runs_(runs) {
  columns_ = new QSplitter(Qt::Horizontal);
  columns_->setObjectName("training-columns");
  list_ = new RunsList(runs_, columns_);
  auto* settings = make_scroll_area(make_settings(), tr("Training settings"));
  settings->setMaximumWidth(widest_settings);
  columns_->insertWidget(0, settings);
  auto* middle = new QWidget(columns_);
  auto* column = new QVBoxLayout(middle);
  column->setContentsMargins(6, 8, 6, 8);
  column->setSpacing(6);
  column->addWidget(make_controls());
  chart_ = new TrainingChart(middle);
  chart_->set_session([this](const std::filesystem::path& file) {
    Session session = document_.session();
    session.sweep.reset();
    std::ranges::copy_if(runs_.experiments(), std::back_inserter(session.runs), &Experiment::visible);
    return exported_session(std::move(session), file);
  });
  connect(chart_, &TrainingChart::settings_changed, this, [this] { document_.set_chart(chart_->settings()); });
  connect(chart_, &TrainingChart::message, this, &TrainingDock::message);
  connect(chart_, &TrainingChart::notice, this, &TrainingDock::notice);
  chart_place_ = new Detachable(chart_, tr("Training Chart"), middle);
  chart_place_->action().setText(tr("&Large Chart"));
  chart_place_->action().setObjectName("training-large-chart");
  chart_place_->action().setToolTip(tr("The chart in a window of its own"));
  chart_->view_menu().addAction(&chart_place_->action());
  column->addWidget(chart_place_, 1);
  moments_ = new MomentPanel(document_, runs_, *list_, middle);
  column->addWidget(moments_);
  columns_->insertWidget(1, middle);
  list_->setContentsMargins(4, 8, 8, 8);
  columns_->setStretchFactor(0, 0);
  columns_->setStretchFactor(1, 4);
  columns_->setStretchFactor(2, 5);
  auto* sideways = new QScrollArea(this);
  sideways->setAccessibleName(tr("Training"));
  sideways->setFrameShape(QFrame::NoFrame);
  sideways->setWidgetResizable(true);
  sideways->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  sideways->setFocusPolicy(Qt::NoFocus);
  sideways->setMinimumWidth(narrowest);
  sideways->setWidget(columns_);
  setWidget(sideways);
  reset_layout();

  const auto show_matrices = [this] {
    const auto* run = std::get_if<ShownRun>(&document_.state().shown);
    chart_->set_matrices(run ? run->matrices : std::string());
  };
  connect(&document_, &Document::changed, this, show_matrices);
  connect(&document_, &Document::shown_replaced, this, show_matrices);
  connect(&document_, &Document::changed, this, &TrainingDock::show_state);
  connect(&live_, &LiveBridge::updated, this, &TrainingDock::show_network);
  connect(&training_, &TrainingController::changed, this, [this] {
    show_state();
    show_training();
  });
  connect(&training_, &TrainingController::resize_requested, this, &TrainingDock::ask_resize);
  connect(&training_, &TrainingController::origin_requested, this, &TrainingDock::ask_origin);
  connect(&training_, &TrainingController::started, this, [this](std::uint64_t experiment) {
    const auto selected = list_->selected();
    if (!selected || !runs_.runner().is_busy(*selected)) list_->select({experiment, {}});
  });
  connect(&training_, &TrainingController::comparison_started, this, [this] {
    ChartSettings chart = document_.chart();
    chart.view = ChartView::comparison;
    if (!chart.rule_figure) chart.rule_figure = RuleFigure::last;
    document_.set_chart(chart);
    chart_->set_settings(chart);
  });
  connect(&runs_, &TrainingRuns::changed, this, [this] {
    show_training();
    chart_->show_experiments(runs_.experiments());
  });
  connect(list_, &RunsList::selection_changed, this, &TrainingDock::show_training);
  connect(list_, &RunsList::rejected, this, &TrainingDock::rejected);
  show_state();
  show_training();
  chart_->show_experiments(runs_.experiments());
  connect(columns_, &QSplitter::splitterMoved, this, &TrainingDock::name_curves);
}

void TrainingDock::reset_layout() {
  columns_->setSizes({usual_settings, usual_chart, usual_list});
  name_curves();
}

void TrainingDock::widen_chart() {
  columns_->setSizes({usual_settings, columns_->width() - usual_settings - narrow_list, narrow_list});
  name_curves();
}

void TrainingDock::restore_layout(const QByteArray& state) {
  columns_->restoreState(state);
  name_curves();
}

void TrainingDock::name_curves() { chart_->set_named_beside(columns_->sizes().back() > 0); }

QWidget* TrainingDock::make_settings() {
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(12, 8, 8, 8);
  form_ = new ParameterForm("training", ParameterForm::Groups::folded, content);
  for (const auto& row : training_parameter_table()) {
    if (row.info.id == "seed") continue;  // replaced by the seeds
    form_->add_row(row.info, row.get(TrainingSettings{}));
    if (row.info.id == "epochs") seeds_ = form_->add_row(seeds_info(), seeds_value({}));
  }
  form_->align_labels();
  plan_text_ = new QLabel(content);
  plan_text_->setObjectName("update-plan-text");
  plan_text_->setAccessibleName(tr("Updates that the rewiring rule will make"));
  plan_text_->setWordWrap(true);
  plan_text_->setForegroundRole(QPalette::PlaceholderText);
  plan_ = new UpdatePlanView(content);
  form_->add_widget(plan_text_);
  form_->add_widget(plan_);
  column->addWidget(form_);
  column->addStretch(1);
  connect(form_, &ParameterForm::edited, this, &TrainingDock::on_edited);
  connect(form_, &ParameterForm::reset_requested, this, [](ParameterRow* row) { row->reset(); });
  connect(form_, &ParameterForm::rejected, this, &TrainingDock::rejected);
  connect(form_, &ParameterForm::rejection_over, this, &TrainingDock::rejection_over);
  return content;
}

QWidget* TrainingDock::make_controls() {
  auto* controls = new QWidget(this);
  auto* column = new QVBoxLayout(controls);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  auto* line = new QHBoxLayout;
  line->setSpacing(8);
  const auto button = [&](const char* name, const QString& text, const QString& meaning) {
    auto* made = new QPushButton(text, controls);
    made->setObjectName(name);
    made->setAccessibleName(meaning);
    line->addWidget(made);
    return made;
  };
  start_ = button("training-start", tr("Start"), tr("Start training the network on screen"));
  start_->setToolTip(
      tr("Train the network on screen under each of the seeds (Space in this panel, when nothing trains). "
         "While others train it waits for its turn."));
  pause_ = button("training-pause", tr("Pause"), tr("Pause or resume the selected run"));
  pause_->setToolTip(tr("Pause or resume the selected run or group (Space in this panel: all of them)"));
  stop_ = button("training-stop", tr("Stop"), tr("Stop the selected run"));
  stop_->setToolTip(tr("Stop the selected run or group after the batch under way; its results are kept"));
  pause_->setText(tr("Resume"));
  pause_->setMinimumWidth(pause_->sizeHint().width() + make_room_for_icon);
  pause_->setText(tr("Pause"));
  set_sign(*start_, Sign::play);
  set_sign(*stop_, Sign::stop);
  progress_ = new ProgressBar("training-progress", tr("Progress of the training"), 10, controls);
  progress_->setMinimumWidth(1);  // yields its width to the buttons
  line->addWidget(progress_, 1);
  column->addLayout(line);
  state_ = new QLabel(controls);
  state_->setObjectName("training-state");
  state_->setTextFormat(Qt::RichText);
  state_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  column->addWidget(state_);
  network_ = new ElidedLabel(controls);
  network_->setObjectName("training-network");
  network_->setForegroundRole(QPalette::PlaceholderText);
  column->addWidget(network_);
  connect(start_, &QPushButton::clicked, &training_, &TrainingController::start);
  connect(pause_, &QPushButton::clicked, list_->pause_action(), &QAction::trigger);
  connect(stop_, &QPushButton::clicked, this, &TrainingDock::stop);
  return controls;
}

void TrainingDock::stop() {
  training_.is_waiting_for_network() ? training_.cancel_start() : list_->stop_action()->trigger();
}

void TrainingDock::on_edited(ParameterRow* row) {
  WorkspaceState next = document_.state();
  try {
    if (row == seeds_) {
      next.seeds = seeds_of(row->value());
    } else {
      training_parameter_table().at(row->info().id).set(next.training, row->value());
      check_settings(next.training);
    }
  } catch (const Error& error) {
    row->reject(QString::fromUtf8(error.what()) + ".");
    return show_state();
  }
  document_.edit("change of " + to_qt(row->info().label).toLower(), std::move(next), "training-" + row->merge_key());
}

void TrainingDock::show_state() {
  const WorkspaceState& state = document_.state();
  form_->show_settings(training_parameter_table(), state.training);
  chart_->set_settings(document_.chart());
  auto* run_folder = form_->row("run-dir")->findChild<QLineEdit*>();
  const std::string runs = training_.runs_folder().string();
  run_folder->setPlaceholderText(runs.empty() ? QString() : tr("new"));  // more would be cut
  run_folder->setToolTip(
      form_->row("run-dir")->toolTip() +
      (runs.empty() ? QString() : "<p>" + tr("Empty: a new one in %1").arg(to_qt(runs).toHtmlEscaped()) + "</p>"));
  seeds_->set_value(seeds_value(state.seeds));
  seeds_->findChild<QLineEdit*>()->setPlaceholderText(
      tr("%1, as on screen").arg(training_seeds(WorkspaceState{state.parameters, state.shown}).front()));
  show_plan();
  show_network();
}

void TrainingDock::show_plan() {
  const UpdatePlan& plan = planner_.plan(document_.state());
  // What the curves say already is in their tool tip.
  const std::string text = plan.curves.empty() ? plan.text : plan.count;
  plan_text_->setText(translated(text));
  plan_text_->setVisible(!text.empty());
  plan_->show_plan(plan);
}

void TrainingDock::show_network() { network_->show_text(network_text()); }

QString TrainingDock::network_text() const {
  const auto key = list_->selected();
  const Experiment* experiment = key ? runs_.runner().experiment(key->experiment) : nullptr;
  if (experiment && runs_.runner().is_busy(*key)) {
    const ExperimentRun* run = runs_.runner().run(*key);
    if (!run) run = &experiment->runs.front();
    const QString data_set = translated(data_label(experiment->start.training));
    QString text = run->network.empty() ? tr("Trains on %1").arg(data_set)
                                        : tr("Trains %1 on %2").arg(translated(run->network), data_set);
    if (!is_shown(*experiment, document_.state())) text += " " + tr("(no longer the network on screen)");
    if (!run->progress.engine.empty()) text += " · " + tr("%1 engine").arg(to_qt(run->progress.engine));
    if (!run->progress.device.empty()) text += " · " + to_qt(run->progress.device);
    return text;
  }
  if (const std::string matrices = matrices_text(document_.state()); !matrices.empty())
    return tr("To be drawn by the model: %1").arg(translated(matrices)) + seeds_text();
  const NetworkPointer network = live_.current_network();
  if (!network && live_.is_newest() && has_no_network(live_.snapshot())) {
    return tr("There is no network to train: it could not be drawn");
  }
  if (!network) return network_->text();
  QString text = start_text() + to_qt(layers_text(network->layer_sizes()));
  if (!network->is_layered()) return text + " " + tr("(no layers: cannot be trained)");
  TaskShape shape;
  try {
    shape = shape_of(document_.state().training);
  } catch (const Error& error) {
    return text + "; " + QString::fromUtf8(error.what());  // no file of one's own yet
  }
  if (network->layer_sizes().front() != shape.inputs)
    return text + "; " +
           tr("%1 has %2 inputs: Start offers to resize").arg(to_qt(shape.data_set), QString::number(shape.inputs));
  return text + "-" +
         tr("%1, %2 and a dense classifier")
             .arg(QString::number(shape.outputs), translated(counted(network->link_count(), "link"))) +
         seeds_text();
}

QString TrainingDock::start_text() const {
  try {
    const std::string falling = falling_text(document_.state());
    if (!falling.empty()) return tr("To be %1; on screen:").arg(translated(falling)) + " ";
  } catch (const Error&) {
    // Start says why there is no such training.
  }
  return tr("On screen:") + " ";
}

QString TrainingDock::seeds_text() const {
  const WorkspaceState& state = document_.state();
  const std::size_t count = training_seeds(state).size();
  if (!is_drawn(state)) return count == 1 ? QString() : "; " + tr("trained under %1 seeds").arg(count);
  if (!training_.trains_what_is_on_screen())
    return "; " + tr("its seed %1 is not among the seeds, so networks of those seeds are drawn and trained")
                      .arg(state.parameters.seed);
  if (count == 1) return {};
  return "; " + tr("and %1, one for each further seed").arg(translated(counted(count - 1, "more network")));
}

QStringList TrainingDock::state_parts() const {
  const auto key = list_->selected();
  const Experiment* experiment = key ? runs_.runner().experiment(key->experiment) : nullptr;
  const ExperimentRun* run = key ? runs_.runner().run(*key) : nullptr;
  QStringList parts;
  if (training_.is_waiting_for_network()) {
    parts += "<b>" + tr("waiting for the network") + "</b>";
  } else if (!experiment) {
    parts += "<b>" + tr("idle") + "</b>";
  } else {
    parts += "<b>" + translated(run ? stage_text(*run) : stage_text(*experiment)) + "</b>";
    const std::vector<double> left = seconds_left(runs_.experiments(), runs_.runner().jobs());
    const double seconds =
        run ? seconds_left(*experiment, *run) : left[static_cast<std::size_t>(experiment - runs_.experiments().data())];
    if (runs_.runner().is_busy(*key) && std::isfinite(seconds) && seconds > 0.0)
      parts += tr("%1 left").arg(to_qt(time_left_text(seconds)));
    const ExperimentSummary summary = summary_of(*experiment, run);
    if (!summary.last.empty()) {
      const QString count = summary.seeds > 1 ? " (" + translated(count_text(summary)) + ")" : QString();
      const QString name = translated(summary.metric->line_label);
      parts +=
          name + (name.isEmpty() ? "<b>" : " <b>") + to_qt(mean_text(summary.metric, summary.last)) + "</b>" + count;
      parts += tr("best %1").arg(to_qt(mean_text(summary.metric, summary.best_on_test)));
    }
    double examples = 0.0;
    std::string problem;
    for (const ExperimentRun& one : experiment->runs) {
      if (run && run != &one) continue;
      if (stage_of(one) == RunStage::running) examples += one.progress.examples_per_second;
      if (problem.empty()) problem = one.progress.problem;
    }
    if (examples > 0.0) parts += translated(rate_text(examples, examples_word(experiment->start.training)));
    if (!problem.empty()) parts.insert(1, to_qt(problem).toHtmlEscaped());
  }
  return parts;
}

void TrainingDock::show_training() {
  const auto key = list_->selected();
  const Experiment* experiment = key ? runs_.runner().experiment(key->experiment) : nullptr;
  const ExperimentRun* run = key ? runs_.runner().run(*key) : nullptr;
  const bool waiting = training_.is_waiting_for_network();
  start_->setEnabled(!waiting);
  pause_->setText(list_->pause_action()->text());
  pause_->setEnabled(list_->pause_action()->isEnabled());
  stop_->setEnabled(waiting || list_->stop_action()->isEnabled());
  set_sign(*pause_, list_->pauses() ? Sign::pause : Sign::play);
  const double done = run ? fraction_done(*run) : experiment ? fraction_done(*experiment) : 0.0;
  progress_->set_fraction(done);

  // As many parts as fit, the most important first; the tool tip has all of them.
  const QString separator = QStringLiteral(" · ");
  const QStringList parts = state_parts();
  QString state = parts.front();
  for (const QString& part : parts.mid(1)) {
    const QString longer = state + separator + part;
    if (width_in_bold(longer, state_->font()) <= state_->width()) {
      state = longer;
      continue;
    }
    if (state == parts.front())
      state += separator +
               elided_words(part, state_->width() - width_in_bold(state + separator, state_->font()), state_->font());
    break;
  }
  if (state != state_->text()) state_->setText(state);
  if (const QString all = parts.join(separator); all != state_->toolTip()) {
    state_->setToolTip(all);
    state_->setAccessibleDescription(QTextDocumentFragment::fromHtml(all).toPlainText());
  }
  show_network();
}

void TrainingDock::keyPressEvent(QKeyEvent* event) {
  // Not a shortcut, which would take Space away from buttons and check boxes with the focus, and would hold in the
  // pictures, too.
  if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier && !event->isAutoRepeat())
    return training_.toggle();
  Panel::keyPressEvent(event);
}

void TrainingDock::ask_origin(const QString& question) {
  question_.ask(window(), "origin-question", tr("Train which network?"), question,
                {{tr("Its first network"), QMessageBox::AcceptRole, [this] { training_.start_from_origin(); }, true},
                 {tr("The rewired one"), QMessageBox::ActionRole, [this] { training_.start_as_shown(); }}});
}

void TrainingDock::ask_resize(const QString& question) {
  question_.ask(window(), "resize-question", tr("Resize the layers?"), question,
                {{tr("Resize and train"), QMessageBox::AcceptRole, [this] { training_.resize_and_start(); }, true}});
}

}  // namespace dnm
