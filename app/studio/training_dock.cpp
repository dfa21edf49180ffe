// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training_dock.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "app/studio/icons.h"
#include "app/studio/text.h"
#include "core/support/error.h"

namespace dnm {

namespace {

// The rows a person looks at first; the rest stands under "More".
constexpr std::string_view first_rows[] = {"data", "hidden", "method", "epochs", "batch", "lr"};

bool is_first(const TrainingParameter& parameter) {
  return std::ranges::find(first_rows, parameter.info.id) != std::end(first_rows);
}

QString percent(double fraction) { return QString::number(100.0 * fraction, 'f', 2) + " %"; }

}  // namespace

TrainingDock::TrainingDock(Document& document, LiveBridge& live, TrainingController& training, QWidget* parent)
    : Panel("training", "Training", parent), document_(document), live_(live), training_(training) {
  auto* content = new QWidget;
  auto* line = new QHBoxLayout(content);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(0);
  auto* settings = make_scroll_area(make_settings(), "Training settings");
  settings->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
  settings->setMaximumWidth(360);
  line->addWidget(settings);
  auto* right = new QWidget(content);
  auto* column = new QVBoxLayout(right);
  column->setContentsMargins(8, 8, 12, 8);
  column->setSpacing(6);
  column->addWidget(make_controls());
  chart_ = new TrainingChart(right);
  chart_->set_session([this] { return session_to_json(document_.session()); });
  connect(chart_, &TrainingChart::message, this, &TrainingDock::message);
  column->addWidget(chart_, 1);
  line->addWidget(right, 1);
  setWidget(content);
  guard_wheel(content);

  connect(&document_, &Document::changed, this, &TrainingDock::show_state);
  connect(&live_, &LiveBridge::updated, this, &TrainingDock::show_network);
  connect(&training_, &TrainingController::changed, this, &TrainingDock::show_training);
  connect(&training_, &TrainingController::resize_wanted, this, &TrainingDock::ask_resize);
  show_state();
  show_network();
  show_training();
}

QWidget* TrainingDock::make_settings() {
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(12, 8, 8, 8);
  column->setSpacing(7);
  auto* more = new QWidget(content);
  auto* more_column = new QVBoxLayout(more);
  more_column->setContentsMargins(0, 0, 0, 0);
  more_column->setSpacing(7);
  int width = 0;
  for (const TrainingParameter& parameter : training_parameter_table()) {
    QVBoxLayout* into = is_first(parameter) ? column : more_column;
    const Row row{&parameter,
                  ParameterRow::create(parameter.info, parameter.get(TrainingSettings{}), into->parentWidget())};
    into->addWidget(row.widget);
    rows_.push_back(row);
    width = std::max(width, row.widget->preferred_label_width());
    connect(row.widget, &ParameterRow::edited, this, [this, row] { on_edited(row); });
    connect(row.widget, &ParameterRow::reset_requested, this, [this, row] {
      row.widget->set_value(row.parameter->get(TrainingSettings{}));
      on_edited(row);
    });
    connect(row.widget, &ParameterRow::rejected, this, &TrainingDock::message);
  }
  for (const Row& row : rows_) row.widget->set_label_width(width);
  auto* toggle = new QToolButton(content);
  toggle->setObjectName("training-more");
  toggle->setAccessibleName("More training settings");
  toggle->setText("More");
  toggle->setCheckable(true);
  toggle->setAutoRaise(true);
  toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  toggle->setArrowType(Qt::RightArrow);
  connect(toggle, &QToolButton::toggled, this, [more, toggle](bool on) {
    more->setVisible(on);
    toggle->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
  });
  column->addWidget(toggle);
  column->addWidget(more);
  column->addStretch(1);
  more->hide();
  return content;
}

QWidget* TrainingDock::make_controls() {
  auto* controls = new QWidget(this);
  auto* column = new QVBoxLayout(controls);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  auto* line = new QHBoxLayout;
  line->setSpacing(8);
  start_ = new QPushButton("Start", controls);
  start_->setObjectName("training-start");
  start_->setAccessibleName("Start, pause or resume the training");
  start_->setToolTip("Train the network on screen, or pause and go on (Space)");
  start_->setMinimumWidth(96);
  stop_ = new QPushButton("Stop", controls);
  stop_->setObjectName("training-stop");
  stop_->setAccessibleName("Stop the training");
  stop_->setToolTip("Stop after the batch under way; what was reached is kept");
  line->addWidget(start_);
  line->addWidget(stop_);
  progress_ = new QProgressBar(controls);
  progress_->setObjectName("training-progress");
  progress_->setAccessibleName("Progress of the training");
  progress_->setRange(0, 10000);
  progress_->setTextVisible(false);
  progress_->setMinimumWidth(60);
  progress_->setFixedHeight(10);
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
  connect(start_, &QPushButton::clicked, &training_, &TrainingController::toggle);
  connect(stop_, &QPushButton::clicked, &training_, &TrainingController::stop);
  return controls;
}

void TrainingDock::on_edited(const Row& row) {
  StudioState next = document_.state();
  try {
    row.parameter->set(next.training, row.widget->value());
    check_settings(next.training);
  } catch (const Error& error) {
    Q_EMIT message(QString::fromUtf8(error.what()));
    return show_state();
  }
  document_.edit("change of " + to_qt(row.parameter->info.label).toLower(), std::move(next),
                 "training-" + row.widget->merge_key());
}

void TrainingDock::show_state() {
  for (const Row& row : rows_) row.widget->set_value(row.parameter->get(document_.state().training));
  show_network();
}

void TrainingDock::show_network() {
  const TrainingController::Picture& picture = training_.picture();
  if (training_.is_busy() && picture.has_run) {
    QString text = "Trains " + picture.network + " on " + picture.data_set;
    if (picture.revision != live_.revision()) text += " (no longer the network on screen)";
    if (!picture.progress.engine.empty()) text += " · " + to_qt(picture.progress.engine) + " engine";
    if (!picture.progress.device.empty()) text += " · " + to_qt(picture.progress.device);
    network_->show_text(text);
    return;
  }
  const NetworkPointer network = live_.current_network();
  if (!network) return;
  const DataSetShape& shape = data_set_shape(document_.state().training.data_set);
  QString text = "On screen: " + join_layers(std::span(network->layer_sizes()));
  if (!network->is_layered())
    text += " (no layers: cannot be trained)";
  else if (network->layer_sizes().front() != shape.inputs)
    text += QStringLiteral("; %1 has %2 inputs: Start offers to resize").arg(to_qt(shape.label)).arg(shape.inputs);
  else
    text +=
        QStringLiteral("-%1, %2 links and a dense classifier").arg(shape.classes).arg(grouped(network->link_count()));
  network_->show_text(text);
}

void TrainingDock::show_training() {
  const TrainingController::Picture& picture = training_.picture();
  const TrainingProgress& progress = picture.progress;
  const bool paused = progress.state == RunState::paused;
  const bool busy = training_.is_busy();
  const bool active = picture.phase == TrainingController::Phase::active;
  start_->setText(!busy ? "Start" : paused ? "Resume" : "Pause");
  start_->setEnabled(!busy || (active && !picture.stopping));
  stop_->setEnabled(busy && !picture.stopping);
  show_icons();
  const double epoch_now = active && progress.epoch > 0 ? progress.epoch - 1 + progress.epoch_fraction : 0.0;
  const double done = std::max(epoch_now, static_cast<double>(picture.epochs.size()));
  progress_->setValue(progress.epochs > 0 ? static_cast<int>(10000.0 * done / progress.epochs) : 0);

  QStringList parts{"<b>" + training_.state_text() + "</b>"};
  if (picture.has_run && progress.epoch > 0)
    parts += QStringLiteral("epoch %1 of %2").arg(progress.epoch).arg(progress.epochs);
  if (!picture.epochs.empty()) {
    const auto best = std::ranges::max_element(picture.epochs, {}, &EpochResult::test_accuracy);
    parts += "test <b>" + percent(picture.epochs.back().test_accuracy) + "</b>, best " + percent(best->test_accuracy);
  }
  if (active && std::isfinite(progress.seconds_left) && progress.seconds_left > 0.0)
    parts += duration_text(progress.seconds_left) + " left";
  if (active && progress.images_per_second > 0.0)
    parts += grouped(static_cast<std::uint64_t>(progress.images_per_second)) + " images/s";
  if (!progress.problem.empty()) parts += to_qt(progress.problem).toHtmlEscaped();
  const QString state = parts.join(QStringLiteral(" · "));
  if (state != state_->text()) {
    state_->setText(state);
    state_->setToolTip(state);
  }
  ChartedGroup group;
  group.runs = {picture.epochs};
  group.epochs = picture.has_run ? progress.epochs : static_cast<int>(document_.state().training.epochs);
  group.epoch_now = epoch_now;
  group.running_loss = progress.loss;
  chart_->show_groups({std::move(group)});
  show_network();
}

void TrainingDock::show_icons() {
  const bool pausable = training_.is_busy() && training_.picture().progress.state != RunState::paused;
  const int sign = pausable ? 1 : 0;
  if (start_->property("sign").toInt() == sign && !start_->icon().isNull()) return;
  start_->setProperty("sign", sign);
  start_->setIcon(make_icon(pausable ? Sign::pause : Sign::play, *start_));
  stop_->setIcon(make_icon(Sign::stop, *stop_));
}

void TrainingDock::changeEvent(QEvent* event) {
  Panel::changeEvent(event);
  if (event->type() != QEvent::PaletteChange || !start_) return;
  start_->setIcon({});
  show_icons();
}

void TrainingDock::ask_resize(const QString& question) {
  if (question_) return question_->raise();
  question_ = new QMessageBox(QMessageBox::Question, "Resize the layers?", question, QMessageBox::NoButton, window());
  question_->setObjectName("resize-question");
  question_->setAccessibleName("Resize the layers?");
  question_->setAttribute(Qt::WA_DeleteOnClose);
  auto* resize = question_->addButton("Resize and train", QMessageBox::AcceptRole);
  resize->setObjectName("resize-accept");
  question_->addButton(QMessageBox::Cancel);
  question_->setDefaultButton(resize);
  connect(resize, &QPushButton::clicked, &training_, &TrainingController::resize_and_start, Qt::QueuedConnection);
  question_->open();
}

}  // namespace dnm
