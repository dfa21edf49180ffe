// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training_controller.h"

#include <algorithm>
#include <exception>
#include <numeric>
#include <utility>

#include "app/modules/modules.h"
#include "app/studio/text.h"
#include "core/models/allocation.h"
#include "core/support/error.h"

namespace dnm {

namespace {
constexpr int poll_milliseconds = 125;
constexpr int poll_milliseconds_while_stopping = 15;
}  // namespace

TrainingController::TrainingController(Document& document, LiveBridge& live, QObject* parent)
    : QObject(parent), document_(document), live_(live) {
  worker_.setMaxThreadCount(1);
  worker_.setExpiryTimeout(-1);  // Torch keeps state per thread: one thread for all runs
  poll_timer_.setInterval(poll_milliseconds);
  connect(&poll_timer_, &QTimer::timeout, this, &TrainingController::poll);
  connect(&live_, &LiveBridge::updated, this, &TrainingController::continue_when_drawn);
}

TrainingController::~TrainingController() {
  stop_when_started_ = true;
  if (run_) run_->stop();
  worker_.waitForDone();
}

QString TrainingController::state_text() const {
  switch (picture_.phase) {
    case Phase::waiting_for_network:
      return "waiting for the network";
    case Phase::starting:
      return stop_when_started_ ? "stopping" : "preparing";
    case Phase::idle:
    case Phase::active:
      break;
  }
  if (!picture_.has_run) return "idle";
  if (picture_.stopping) return "stopping";
  return to_qt(run_state_name(picture_.progress.state));
}

std::vector<NodeIndex> TrainingController::wanted_layers() const {
  const TrainingSettings& training = document_.state().training;
  std::vector<NodeIndex> layers{data_set_shape(training.data_set).inputs};
  for (const std::int64_t size : training.hidden) layers.push_back(static_cast<NodeIndex>(size));
  return layers;
}

void TrainingController::start() {
  if (is_busy()) return;
  try {
    const StudioState& state = document_.state();
    const DataSetShape& data = data_set_shape(state.training.data_set);
    const NetworkPointer opened = state.opened;
    if (opened && !opened->is_layered())
      throw InvalidInput(
          "This network has no layers, so it cannot be trained; open a layered one or draw one from the model.");
    const auto& sizes = opened ? opened->layer_sizes() : state.parameters.layer_sizes;
    if (sizes.empty() || sizes.front() != data.inputs) {
      const std::vector<NodeIndex> layers = wanted_layers();
      ModelParameters resized = state.parameters;
      resized.layer_sizes = layers;
      const std::vector<std::uint64_t> of_layers = links_of_layers(resized);
      const std::uint64_t links = std::accumulate(of_layers.begin(), of_layers.end(), std::uint64_t{0});
      Q_EMIT resize_wanted(
          QStringLiteral("%1 has %2 inputs, but the first layer of the network on screen has %3 neurons.\n\n"
                         "Resize the layers to %4 (%5 links at the present sparsity) and train that network? "
                         "Undo brings the present one back.")
              .arg(to_qt(data.label))
              .arg(data.inputs)
              .arg(sizes.empty() ? 0 : sizes.front())
              .arg(join_layers(std::span<const NodeIndex>(layers)), grouped(links)));
      return;
    }
  } catch (const Error& error) {
    Q_EMIT message(QString::fromUtf8(error.what()));
    return;
  }
  set_phase(Phase::waiting_for_network);
  continue_when_drawn();
}

void TrainingController::resize_and_start() {
  if (is_busy()) return;
  try {
    StudioState next = document_.state();
    next.parameters.layer_sizes = wanted_layers();
    std::erase_if(next.parameters.overrides,
                  [&](const auto& entry) { return entry.first >= next.parameters.layer_count(); });
    next.opened.reset();
    next.network_file.clear();
    check_parameters(next.parameters);
    document_.edit("resize of the layers to the data", std::move(next));
  } catch (const Error& error) {
    Q_EMIT message(QString::fromUtf8(error.what()));
    return;
  }
  start();
}

void TrainingController::toggle() {
  if (!is_busy()) return start();
  if (!run_ || picture_.stopping) return;
  picture_.progress.state == RunState::paused ? run_->resume() : run_->pause();
  poll();
}

void TrainingController::stop() {
  switch (picture_.phase) {
    case Phase::idle:
      return;
    case Phase::waiting_for_network:
      set_phase(Phase::idle);
      return;
    case Phase::starting:
      stop_when_started_ = true;
      break;
    case Phase::active:
      run_->stop();
      picture_.stopping = true;
      poll_timer_.start(poll_milliseconds_while_stopping);
      break;
  }
  Q_EMIT changed();
}

void TrainingController::set_phase(Phase phase) {
  picture_.phase = phase;
  Q_EMIT changed();
}

void TrainingController::continue_when_drawn() {
  if (picture_.phase != Phase::waiting_for_network) return;
  if (live_.snapshot().network.freshness == Freshness::failed && !live_.current_network() && live_.is_settled())
    return set_phase(Phase::idle);  // why stands in the message bar
  if (NetworkPointer network = live_.current_network()) launch(std::move(network));
}

void TrainingController::launch(NetworkPointer network) {
  stop_when_started_ = false;
  picture_ = Picture{};
  picture_.has_run = true;
  picture_.revision = live_.revision();
  picture_.network = join_layers(std::span(network->layer_sizes())) + ", " + grouped(network->link_count()) + " links";
  picture_.data_set = to_qt(data_set_shape(document_.state().training.data_set).label);
  picture_.progress.epochs = static_cast<int>(document_.state().training.epochs);
  set_phase(Phase::starting);
  worker_.start([this, network = std::move(network), settings = document_.state().training] {
    std::shared_ptr<TrainingRun> run;
    QString problem;
    try {
      run = training_module().start(network, settings);
    } catch (const std::exception& error) {
      problem = QString::fromUtf8(error.what());
    }
    QMetaObject::invokeMethod(
        this, [this, run = std::move(run), problem]() mutable { started(std::move(run), problem); },
        Qt::QueuedConnection);
  });
}

void TrainingController::started(std::shared_ptr<TrainingRun> run, const QString& problem) {
  if (!run) {
    picture_.progress.state = RunState::failed;
    picture_.progress.problem = problem.toStdString();
    set_phase(Phase::idle);
    Q_EMIT message(problem);
    return;
  }
  run_ = std::move(run);
  poll_timer_.start(poll_milliseconds);
  picture_.phase = Phase::active;
  if (std::exchange(stop_when_started_, false)) return stop();
  poll();
}

void TrainingController::poll() {
  if (!run_) return;
  TrainingProgress progress = run_->poll();
  picture_.epochs.insert(picture_.epochs.end(), progress.epochs_done.begin(), progress.epochs_done.end());
  progress.epochs_done.clear();
  if (progress.rewired) live_.show_rewired(std::exchange(progress.rewired, nullptr), picture_.revision);
  picture_.progress = std::move(progress);
  if (is_over(picture_.progress.state)) {
    poll_timer_.stop();
    picture_.phase = Phase::idle;
    picture_.stopping = false;
    if (picture_.progress.state == RunState::failed) Q_EMIT message(to_qt(picture_.progress.problem));
    retire(std::exchange(run_, nullptr));
  }
  Q_EMIT changed();
}

void TrainingController::retire(std::shared_ptr<TrainingRun> run) {
  // Its destructor joins a thread: not here, where it would hold the window.
  worker_.start([run = std::move(run)]() mutable { run.reset(); });
}

}  // namespace dnm
