// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/training_controller.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <utility>

#include "app/studio/widgets/text.h"
#include "app/workspace/command_lines.h"
#include "app/workspace/experiments/experiment_words.h"
#include "app/workspace/experiments/new_run_folder.h"
#include "app/workspace/experiments/training_start.h"
#include "app/workspace/words.h"
#include "core/models/allocation.h"
#include "core/parameters/parameter_table.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "training/models/model_table.h"
#include "training/runs/training_parameters.h"
#include "training/tasks/task_table.h"

namespace dnm {

TrainingController::TrainingController(Document& document, LiveBridge& live, TrainingRuns& runs, QObject* parent)
    : QObject(parent), document_(document), live_(live), runs_(runs) {
  connect(&live_, &LiveBridge::updated, this, &TrainingController::continue_when_drawn);
}

bool TrainingController::trains_what_is_on_screen() const {
  const WorkspaceState& state = document_.state();
  const std::vector<std::uint64_t> seeds = training_seeds(state);
  return !is_drawn(state) || std::ranges::find(seeds, state.parameters.seed) != seeds.end();
}

std::vector<NodeIndex> TrainingController::wanted_layers() const {
  const TrainingSettings& training = document_.state().training;
  std::vector<NodeIndex> layers{shape_of(training).inputs};
  for (const std::int64_t size : training.hidden) layers.push_back(static_cast<NodeIndex>(size));
  return layers;
}

void TrainingController::set_runs_folder(std::filesystem::path folder) {
  runs_folder_ = std::move(folder);
  Q_EMIT changed();
}

void TrainingController::start() { start_compared({}); }

void TrainingController::start_compared(std::vector<ComparedStart> starts) {
  if (waiting_) return;
  compared_ = std::move(starts);
  begin();
}

void TrainingController::begin() {
  const auto* run = std::get_if<ShownRun>(&document_.state().shown);
  if (run == nullptr || run->update == 0 || run->is_working || !run->network) return start_as_shown();
  Q_EMIT origin_requested(tr("The network on screen is that of the run with seed %1%2 after %3 of its links. "
                             "Train from the network that this run began with, or from the rewired one?")
                              .arg(QString::number(run->seed), runs_.of_group(run->experiment),
                                   translated(counted(run->update, "update"))));
}

void TrainingController::start_from_origin() {
  Q_EMIT origin_chosen("return to the network that the run began with",
                       state_at_start(document_.state(), runs_.experiments()));
}

void TrainingController::start_as_shown() {
  if (waiting_) return;
  withdraw_problems();
  try {
    const WorkspaceState& state = document_.state();
    check_data();
    static_cast<void>(settled_training(state));
    if (draws_matrices(state.training)) return start_drawing_matrices();
    const TaskShape data = shape_of(state.training);
    const NetworkPointer opened = given_network(state);
    if (const std::string& problem = network_problem(state); !problem.empty())
      throw InvalidInput(tr("There is no network to train: %1").arg(to_qt(problem)).toStdString());
    if (opened && !opened->is_layered())
      throw InvalidInput(tr("This network has no layers, so it cannot be trained; open a layered one or draw one from "
                            "the model.")
                             .toStdString());
    const auto& sizes = layer_sizes(state);
    if (sizes.empty() || sizes.front() != data.inputs) {
      const std::vector<NodeIndex> layers = wanted_layers();
      ModelParameters resized = state.parameters;
      resized.layer_sizes = layers;
      const std::vector<std::uint64_t> of_layers = links_of_layers(resized);
      const std::uint64_t links = std::accumulate(of_layers.begin(), of_layers.end(), std::uint64_t{0});
      Q_EMIT resize_requested(tr("%1 has %2 inputs, but the first layer of the network on screen has %3 neurons.\n\n"
                                 "Resize the layers to %4 (%5 at the present sparsity) and train that network? "
                                 "Undo restores the present one.")
                                  .arg(to_qt(data.data_set))
                                  .arg(data.inputs)
                                  .arg(sizes.empty() ? 0 : sizes.front())
                                  .arg(to_qt(layers_text(layers)), translated(counted(links, "link"))));
      return;
    }
  } catch (const Error& error) {
    report(QString::fromUtf8(error.what()));
    return;
  }
  set_waiting(true);
  continue_when_drawn();
}

void TrainingController::report(const QString& problem) {
  problems_ += problem;
  Q_EMIT message(problem);
}

void TrainingController::withdraw_problems() {
  for (const QString& problem : std::exchange(problems_, {})) Q_EMIT problem_over(problem);
}

void TrainingController::start_drawing_matrices() {
  if (!is_drawn(document_.state())) {
    throw InvalidInput(tr("The matrices of a Transformer are drawn by the model; show the model in place of a file or "
                          "run (Network > Back to the Model), then start.")
                           .toStdString());
  }
  static_cast<void>(matrices_of(document_.state().training));  // refuses a shape that cannot be
  start_runs(nullptr);
}

void TrainingController::resize_and_start() {
  if (waiting_) return;
  withdraw_problems();
  try {
    check_data();
    WorkspaceState next = document_.state();
    next.parameters.layer_sizes = wanted_layers();
    std::erase_if(next.parameters.overrides,
                  [&](const auto& entry) { return entry.first >= next.parameters.layer_count(); });
    next.shown = ShownModel{};
    check_parameters(next.parameters);
    document_.edit("resize of the layers to the data", std::move(next));
  } catch (const Error& error) {
    report(QString::fromUtf8(error.what()));
    return;
  }
  begin();
}

void TrainingController::check_data() const { static_cast<void>(make_task(document_.state().training)); }

void TrainingController::toggle() {
  if (waiting_) return;
  const ExperimentRunner& runner = runs_.runner();
  if (!runner.is_busy()) return start();
  const bool all_paused = runner.is_paused();
  std::vector<RunKey> busy;
  for (const Experiment& experiment : runner.experiments())
    if (const RunKey key{experiment.id, {}}; runner.is_busy(key)) busy.push_back(key);
  for (const RunKey& key : busy) all_paused ? runs_.resume(key) : runs_.pause(key);
}

void TrainingController::cancel_start() { set_waiting(false); }

void TrainingController::set_waiting(bool waiting) {
  if (std::exchange(waiting_, waiting) != waiting) Q_EMIT changed();
}

void TrainingController::continue_when_drawn() {
  if (!waiting_) return;
  NetworkPointer network = live_.current_network();
  if (!network && live_.snapshot().network.freshness == Freshness::failed && live_.is_settled())
    return set_waiting(false);  // the message bar shows why
  if (!network && live_.is_newest() && live_.snapshot().cancelled) {
    set_waiting(false);
    report(tr("Training was not started: computing was cancelled before the network was drawn; F5 draws it."));
    return;
  }
  if (!network) return;
  set_waiting(false);
  start_runs(std::move(network));
}

void TrainingController::start_runs(NetworkPointer network) {
  std::vector<ComparedStart> starts = std::exchange(compared_, {});
  if (starts.empty()) {
    ExperimentPlan made = plan(nullptr);
    made.on_screen = std::move(network);
    Q_EMIT started(runs_.start(std::move(made)));
    return;
  }
  for (const ComparedStart& compared : starts) {
    try {
      ExperimentPlan made = plan(&compared);
      static_cast<void>(settled_training(made.start));
      if (compared.row == nullptr) made.on_screen = network;
      Q_EMIT started(runs_.start(std::move(made)));
    } catch (const Error& error) {
      report(to_qt(compared.rule) + ": " + QString::fromUtf8(error.what()));
    }
  }
  Q_EMIT comparison_started();
}

ExperimentPlan TrainingController::plan(const ComparedStart* compared) const {
  ExperimentPlan made{.start = document_.state()};
  std::string& folder = made.start.training.run_folder;
  if (compared != nullptr) {
    training_parameter_table().at("method").set(made.start.training, compared->rule);
    const std::string row(compared->row ? compared->row->id : "on-screen");
    if (!folder.empty()) folder = (std::filesystem::path(folder) / (row + "-" + compared->rule)).string();
  }
  if (compared != nullptr && compared->row != nullptr) {
    ModelParameters base;
    base.layer_sizes = layer_sizes(made.start);
    base.shared.sparsity = made.start.parameters.shared.sparsity;
    base.seed = made.start.parameters.seed;
    base.data_set = made.start.training.data_set;
    base.data_folder = made.start.training.data_folder;
    made.start.parameters = parameters_of(*compared->row, std::move(base));
    made.start.shown = ShownModel{};
    if (compared->row->one_seed) made.start.seeds = {training_seeds(document_.state()).front()};
  }
  if (!folder.empty() || runs_folder_.empty()) return made;
  made.command_line = training_command_line(made.start);  // repeats the run, in another folder
  const auto is_taken = [this](const std::filesystem::path& path) {
    return std::ranges::any_of(runs_.experiments(), [&](const Experiment& experiment) {
      return std::filesystem::path(experiment.start.training.run_folder) == path;
    });
  };
  folder = new_run_folder(runs_folder_, proposed_name(made.start), std::chrono::system_clock::now(), is_taken).string();
  return made;
}

}  // namespace dnm
