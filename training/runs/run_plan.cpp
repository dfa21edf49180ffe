// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/run_plan.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "core/support/json.h"
#include "core/support/memory.h"
#include "core/support/version.h"
#include "training/models/model_table.h"
#include "training/optimisers/optimiser_table.h"
#include "training/rewiring/rewiring_table.h"
#include "training/runs/changed_setting.h"
#include "training/runs/epoch_translations.h"
#include "training/runs/longer_run.h"
#include "training/runs/topology_file.h"
#include "training/runs/training_parameters.h"
#include "training/support/devices.h"
#include "training/tasks/task_table.h"

namespace dnm {
namespace {

/// Throws InvalidInput unless the model takes the batches of the task.
void check_model(const TrainingSettings& settings) {
  const std::string_view wanted = model_of(settings);
  if (settings.model == wanted) return;
  throw InvalidInput("the data set " + settings.data_set + " is learned by the architecture " + std::string(wanted) +
                     ", not by " + settings.model + "; choose that one (Architecture, --architecture)");
}

std::uint64_t links_of(const TopologySource& source) {
  std::uint64_t links = source.network == nullptr ? 0 : source.network->link_count();
  for (const NamedMask& matrix : source.matrices) links += matrix.mask.link_count();
  return links;
}

void choose_engine(RunPlan& plan) {
  const TrainingSettings& settings = plan.settings;
  const bool cuda_wanted = settings.device == Device::cuda;
  if (cuda_wanted && !has_cuda()) {
    throw ResourceError("there is no CUDA device here (or this LibTorch is built without CUDA); choose the device cpu");
  }
  if (cuda_wanted && !plan.kind->computes_on(Device::cuda)) {
    throw InvalidInput("the architecture " + settings.model + " computes on the CPU alone; choose the device cpu");
  }
  plan.engine = settings.engine;
  if (plan.engine == Engine::automatic && cuda_wanted) plan.engine = Engine::masked;
  if (plan.engine == Engine::sparse && cuda_wanted) {
    throw InvalidInput("the sparse engine computes on the CPU; choose the engine masked for a CUDA device");
  }
  plan.device = plan.engine == Engine::masked && settings.device != Device::cpu && has_cuda() &&
                        plan.kind->computes_on(Device::cuda)
                    ? Device::cuda
                    : Device::cpu;
}

std::string memory_use(const RunPlan& plan) {
  return "training this network with the " + std::string(engine_id(plan.engine)) + " engine";
}

/// Whether the run that rewires began with these links, as far as its folder has kept that.
bool began_with(const RunPlan& plan) {
  const std::filesystem::path file = plan.folder->path() / topology_file_name;
  std::error_code code;
  if (!std::filesystem::exists(file, code)) return true;
  TopologyHistory kept;
  try {
    kept = read_topology_file(file);
  } catch (const FileError&) {
    return true;  // damaged; the run writes it anew
  }
  if (kept.snapshots.empty() || kept.snapshots.front().update != 0) return true;
  std::vector<NamedMask> now;
  for (const std::size_t place : plan.topology.sparse_layers()) now.push_back(plan.topology.layers[place]);
  return kept.snapshots.front().layers == now;
}

/// Only what affects the result must be as it was.
void check_resumable(const RunPlan& plan) {
  const Checkpoint& from = *plan.from;
  if (const ChangedSetting changed = changed_setting(from.settings, plan.settings); !changed.id.empty()) {
    throw InvalidInput("the run in " + plan.settings.run_folder + " was started with " + changed.id + " " +
                       changed.then + ", not " + changed.now + "; resume it with the same settings" +
                       (changed.id == "epochs"
                            ? ", with more epochs (--epochs; Train Longer in the list of runs) to train it longer,"
                            : "") +
                       " or choose another run folder");
  }
  // Rewired links differ from those it began with, and those of the checkpoint count; its neurons stay.
  const std::vector<NamedMask>& now = plan.topology.layers;
  const auto same_layer = [&](const NamedMask& a, const NamedMask& b) {
    return a.name == b.name && a.mask.n_in == b.mask.n_in && a.mask.n_out == b.mask.n_out && a.dense == b.dense &&
           (plan.rule != nullptr || a.mask == b.mask);
  };
  if (!std::equal(now.begin(), now.end(), from.layers.begin(), from.layers.end(), same_layer) ||
      (plan.rule != nullptr && !began_with(plan))) {
    throw InvalidInput(
        "the run in " + plan.settings.run_folder +
        " was started with another network; resume it with that one, by the command in its config.json, or "
        "choose another run folder");
  }
}

}  // namespace

std::uint64_t memory_of(const RunPlan& plan) {
  const std::uint64_t model =
      plan.kind->memory_bytes(plan.topology, plan.task->shape(), {plan.engines, plan.device}, plan.settings);
  return plan.task->memory_bytes() + model + EpochTranslations::memory_bytes(plan, model);
}

void check_memory(const RunPlan& plan) { require_memory(memory_of(plan), memory_use(plan)); }

RunPlan make_plan(TopologySource source, const TrainingSettings& settings) {
  check_settings(settings);
  return make_plan(std::move(source), settings,
                   look_up(rewiring_table(), settings.method, "rewiring rule").make(settings.parts));
}

RunPlan make_plan(TopologySource source, const TrainingSettings& settings, std::unique_ptr<RewiringRule> rule) {
  check_settings(settings);
  RunPlan plan{std::move(source),
               settings,
               make_task(settings),
               make_model_kind(settings),
               look_up(optimiser_table(), settings.optimiser, "optimiser").make(settings.parts),
               std::move(rule)};
  check_model(settings);
  choose_engine(plan);
  // Asked before the masks are copied, which takes as much as the network itself.
  require_memory(links_of(plan.source) * 20, memory_use(plan));
  plan.topology = plan.kind->topology(plan.source, plan.task->shape());
  if (plan.engine != Engine::automatic) plan.engines.assign(plan.topology.layers.size(), plan.engine);
  check_memory(plan);
  if (!settings.run_folder.empty()) {
    plan.folder.emplace(settings.run_folder, settings.resume, metrics_of(settings));
    if (settings.resume) {
      ResumePoint point = plan.folder->resume_point();
      plan.from = std::move(point.checkpoint);
      plan.notice = std::move(point.notice);
    }
    if (plan.from) {
      check_resumable(plan);
      plan.lengthenings = plan.from->lengthenings;
      if (const std::int64_t before = plan.from->settings.epochs; before != settings.epochs) {
        const std::int64_t trained = plan.from->position.epochs_done;
        plan.lengthenings.push_back({before, trained});
        const std::string of_rate = longer_run_text(settings, before, trained);
        if (!of_rate.empty()) plan.notice += (plan.notice.empty() ? "" : "; ") + of_rate;
      }
      plan.engines = plan.from->engines;
      plan.links_to_become_sparse = plan.from->links_to_become_sparse;
      plan.device = plan.from->device;
      if (plan.device == Device::cuda && !has_cuda()) {
        throw ResourceError("the run in " + settings.run_folder +
                            " was started on a CUDA device, and there is none here; resume it where there is one");
      }
    }
  } else if (settings.resume) {
    throw InvalidInput("to resume a run, name its run folder (Run folder, --run-dir)");
  }
  return plan;
}

std::string config_text(const RunPlan& plan) {
  OrderedJson config;
  config["version"] = program_version();
  config["settings"] = parse_json(training_settings_to_json(plan.settings));
  if (!plan.settings.command.empty()) config["command"] = plan.settings.command;
  for (const auto& [epochs, trained] : plan.lengthenings) {
    config["lengthened"].push_back({{"epochs_before", epochs}, {"after_epoch", trained}});
  }
  config["engine"] = engine_id(plan.engine);
  auto& engines = config["layer_engines"] = OrderedJson::array();
  for (const Engine engine : plan.engines) engines.push_back(engine_id(engine));
  config["device"] = device_id(plan.device);
  if (plan.source.network != nullptr) {
    config["layer_sizes"] = plan.source.network->layer_sizes();
    config["classes"] = plan.task->shape().outputs;
    auto& links = config["links"] = OrderedJson::array();
    for (const Mask& mask : plan.source.network->masks()) links.push_back(mask.link_count());
  }
  for (const NamedMask& matrix : plan.source.matrices) {
    const Mask& mask = matrix.mask;
    config["matrices"].push_back(
        {{"name", matrix.name}, {"outputs", mask.n_out}, {"inputs", mask.n_in}, {"links", mask.link_count()}});
  }
  return config.dump(2) + "\n";
}

}  // namespace dnm
