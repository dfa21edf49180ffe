// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/run_plan.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/support/error.h"
#include "core/support/memory.h"
#include "core/support/version.h"
#include "training/layers/sparse_index.h"
#include "training/rewiring/rewiring_table.h"
#include "training/support/devices.h"

namespace dnm {
namespace {

std::string sizes_text(const std::vector<NodeIndex>& sizes) {
  std::string text;
  for (const NodeIndex size : sizes) text += (text.empty() ? "" : ",") + std::to_string(size);
  return text;
}

void check_network(const NetworkPointer& network, const DataSetInfo& data) {
  if (network == nullptr) throw InvalidInput("there is no network to train; generate or open one");
  if (!network->is_layered()) {
    throw InvalidInput("a network without layers cannot be trained; generate or open a layered one");
  }
  const auto& sizes = network->layer_sizes();
  if (sizes.front() != data.inputs()) {
    std::vector<NodeIndex> wanted{data.inputs()};
    wanted.insert(wanted.end(), sizes.begin() + 1, sizes.end());
    throw InvalidInput("the network's first layer has " + std::to_string(sizes.front()) + " neurons, but images of " +
                       std::string(data.label) + " have " + std::to_string(data.inputs()) +
                       " pixels; make it as large, for example with layers " + sizes_text(wanted));
  }
}

void choose_engine(RunPlan& plan) {
  const TrainingSettings& settings = plan.settings;
  const bool cuda_wanted = settings.device == Device::cuda;
  if (cuda_wanted && !has_cuda()) {
    throw ResourceError("there is no CUDA device here (or this LibTorch is built without CUDA); choose the device cpu");
  }
  plan.engine = settings.engine;
  if (plan.engine == Engine::automatic && cuda_wanted) plan.engine = Engine::masked;
  if (plan.engine == Engine::sparse && cuda_wanted) {
    throw InvalidInput("the sparse engine computes on the CPU; choose the engine masked for a CUDA device");
  }
  plan.device =
      plan.engine == Engine::masked && settings.device != Device::cpu && has_cuda() ? Device::cuda : Device::cpu;
}

std::string memory_use(const RunPlan& plan) {
  return "training this network with the " + std::string(engine_id(plan.engine)) + " engine";
}

/// Only what affects the result must be as it was.
void check_resumable(const RunPlan& plan) {
  const Checkpoint& from = *plan.from;
  for (const auto& parameter : training_parameter_table()) {
    if (!parameter.info.affects_result || !training_parameter_table().belongs(parameter, plan.settings)) continue;
    const ParameterValue now = parameter.get(plan.settings);
    const ParameterValue then = parameter.get(from.settings);
    if (now == then) continue;
    throw InvalidInput("the run in " + plan.settings.run_folder + " was started with " +
                       std::string(parameter.info.id) + " " + format_value(parameter.info, then) + ", not " +
                       format_value(parameter.info, now) +
                       "; resume it with the same settings or choose another run folder");
  }
  // Rewired links differ from those it began with, and those of the checkpoint count; its neurons stay.
  if (from.layer_sizes != plan.network->layer_sizes() || (!plan.rule && from.masks != plan.masks)) {
    throw InvalidInput("the run in " + plan.settings.run_folder +
                       " was started with another network; resume it with that one or choose another run folder");
  }
}

}  // namespace

std::uint64_t memory_of(const RunPlan& plan, std::uint64_t images) {
  // Masks and state as handed over 20 bytes a link; the sparse engine 32 (with summed gradients); 3 tiles of neurons.
  std::uint64_t bytes = images * plan.data->inputs();
  for (std::size_t i = 0; i < plan.masks.size(); ++i) {
    const Mask& mask = plan.masks[i];
    const std::uint64_t links = mask.link_count();
    bytes += links * 20;
    if (plan.engine == Engine::masked || (!plan.engines.empty() && plan.engines[i] == Engine::masked)) {
      if (plan.device != Device::cpu) continue;
      bytes += std::uint64_t{mask.n_in} * mask.n_out * 16 + links * 8 +
               mask.n_out * static_cast<std::uint64_t>(plan.settings.batch) * 3 * sizeof(float);
    } else {
      bytes += links * 32 + std::uint64_t{mask.n_out} * tile_width * 3 * sizeof(float);
    }
  }
  return bytes;
}

void check_memory(const RunPlan& plan, std::uint64_t images) {
  require_memory(memory_of(plan, images), memory_use(plan));
}

RunPlan make_plan(NetworkPointer network, const TrainingSettings& settings) {
  check_settings(settings);
  return make_plan(std::move(network), settings,
                   look_up(rewiring_table(), settings.method, "rewiring rule").make(settings.parts));
}

RunPlan make_plan(NetworkPointer network, const TrainingSettings& settings, std::unique_ptr<RewiringRule> rule) {
  check_settings(settings);
  RunPlan plan{std::move(network), settings, &data_set_info(settings.data_set)};
  check_network(plan.network, *plan.data);
  plan.files = find_data_set(*plan.data, settings.data_folder);
  check_image_memory(*plan.data, plan.files);
  if (static_cast<std::uint64_t>(settings.validation) >= plan.files.train_images) {
    throw InvalidInput("holding " + std::to_string(settings.validation) + " images out for validation leaves none of " +
                       std::to_string(plan.files.train_images) + " to train with; hold out fewer");
  }
  choose_engine(plan);
  plan.rule = std::move(rule);
  // Asked before the masks are copied, which takes as much as the network itself.
  require_memory(plan.network->link_count() * 20, memory_use(plan));
  plan.masks = plan.network->masks();
  plan.masks.push_back(full_mask(plan.network->layer_sizes().back(), plan.data->classes));
  if (plan.engine != Engine::automatic) plan.engines.assign(plan.masks.size(), plan.engine);
  check_memory(plan, plan.files.train_images + plan.files.test_images);
  if (!settings.run_folder.empty()) {
    plan.folder.emplace(settings.run_folder, settings.resume, metrics_of(settings));
    if (settings.resume) {
      ResumePoint point = plan.folder->resume_point();
      plan.from = std::move(point.checkpoint);
      plan.notice = std::move(point.notice);
    }
    if (plan.from) {
      check_resumable(plan);
      plan.engines = plan.from->engines;
      plan.device = plan.from->device;
      if (plan.device == Device::cuda && !has_cuda()) {
        throw ResourceError("the run in " + settings.run_folder +
                            " was started on a CUDA device, and there is none here; resume it where there is one");
      }
    }
  } else if (settings.resume) {
    throw InvalidInput("to resume a run, name its run folder (--run-dir)");
  }
  return plan;
}

std::string config_text(const RunPlan& plan) {
  nlohmann::ordered_json config;
  config["version"] = program_version();
  config["settings"] = nlohmann::ordered_json::parse(training_settings_to_json(plan.settings));
  if (!plan.settings.command.empty()) config["command"] = plan.settings.command;
  config["engine"] = engine_id(plan.engine);
  auto& engines = config["layer_engines"] = nlohmann::ordered_json::array();
  for (const Engine engine : plan.engines) engines.push_back(engine_id(engine));
  config["device"] = device_id(plan.device);
  config["layer_sizes"] = plan.network->layer_sizes();
  config["classes"] = plan.data->classes;
  auto& links = config["links"] = nlohmann::ordered_json::array();
  for (const Mask& mask : plan.network->masks()) links.push_back(mask.link_count());
  return config.dump(2) + "\n";
}

}  // namespace dnm
