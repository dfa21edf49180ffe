// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/run_plan.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/support/error.h"
#include "core/support/memory.h"
#include "training/data/idx_file.h"
#include "training/engine/devices.h"
#include "training/engine/sparse_index.h"

namespace dnm {
namespace {

/// Above this share of links dense products are faster than the sparse kernels (METHODS 5.3).
constexpr double sparse_density_limit = 0.25;

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
  std::uint64_t links = 0;
  double cells = 0.0;
  for (const Mask& mask : plan.network->masks()) {
    links += mask.link_count();
    cells += static_cast<double>(mask.n_in) * mask.n_out;
  }
  const bool cuda_wanted = settings.device == "cuda";
  if (cuda_wanted && !has_cuda()) {
    throw ResourceError("there is no CUDA device here (or this LibTorch is built without CUDA); choose the device cpu");
  }
  plan.engine = settings.engine;
  if (plan.engine == "auto") {
    plan.engine = cuda_wanted || static_cast<double>(links) > sparse_density_limit * cells ? "masked" : "sparse";
  }
  if (plan.engine == "sparse" && cuda_wanted) {
    throw InvalidInput("the sparse engine computes on the CPU; choose the engine masked for a CUDA device");
  }
  plan.device = plan.engine == "masked" && settings.device != "cpu" && has_cuda() ? "cuda" : "cpu";
}

void check_memory(const RunPlan& plan, std::uint64_t images) {
  std::uint64_t links = 0;
  std::uint64_t cells = 0;
  std::uint64_t neurons = plan.data->inputs();
  for (const Mask& mask : plan.masks) {
    links += mask.link_count();
    cells += std::uint64_t{mask.n_in} * mask.n_out;
    neurons += mask.n_out;
  }
  // Masks and state as handed over 20 bytes a link; the sparse engine 32 (with summed gradients); 3 tiles of neurons.
  std::uint64_t bytes = images * plan.data->inputs() + links * 20;
  if (plan.engine == "sparse") {
    bytes += links * 32 + neurons * tile_width * 3 * sizeof(float);
  } else if (plan.device == "cpu") {
    bytes += cells * 16 + links * 8 + neurons * static_cast<std::uint64_t>(plan.settings.batch) * 3 * sizeof(float);
  }
  require_memory(bytes, "training this network with the " + plan.engine + " engine");
}

/// Only what changes the outcome must be as it was.
void check_resumable(const RunPlan& plan) {
  const Checkpoint& from = *plan.from;
  for (const TrainingParameter& parameter : training_parameter_table()) {
    const auto id = parameter.info.id;
    if (id == "data-dir" || id == "hidden" || id == "run-dir" || id == "resume") continue;
    const ParameterValue now = parameter.get(plan.settings);
    const ParameterValue then = parameter.get(from.settings);
    if (now == then) continue;
    throw InvalidInput("the run in " + plan.settings.run_folder + " was started with " + std::string(id) + " " +
                       format_value(parameter.info, then) + ", not " + format_value(parameter.info, now) +
                       "; resume it with the same settings or choose another run folder");
  }
  if (plan.settings.method == "static" && from.masks != plan.masks) {
    throw InvalidInput("the run in " + plan.settings.run_folder +
                       " was started with another network; resume it with that one or choose another run folder");
  }
}

}  // namespace

RunPlan make_plan(NetworkPointer network, const TrainingSettings& settings) {
  check_settings(settings);
  RunPlan plan{std::move(network), settings, &data_set_info(settings.data_set), {}, {}, {}, {}};
  check_network(plan.network, *plan.data);
  plan.files = find_data_set(*plan.data, settings.data_folder);
  const std::uint64_t train_images = read_idx_header(plan.files.train_images, 3).sizes[0];
  const std::uint64_t test_images = read_idx_header(plan.files.test_images, 3).sizes[0];
  if (static_cast<std::uint64_t>(settings.validation) >= train_images) {
    throw InvalidInput("holding " + std::to_string(settings.validation) + " images out for validation leaves none of " +
                       std::to_string(train_images) + " to train with; hold out fewer");
  }
  choose_engine(plan);
  plan.masks = plan.network->masks();
  plan.masks.push_back(full_mask(plan.network->layer_sizes().back(), plan.data->classes));
  check_memory(plan, train_images + test_images);
  if (!settings.run_folder.empty()) {
    plan.folder.emplace(settings.run_folder, settings.resume);
    if (settings.resume) plan.from = plan.folder->checkpoint();
    if (plan.from) check_resumable(plan);
  } else if (settings.resume) {
    throw InvalidInput("to resume a run, name its run folder (--run-dir)");
  }
  return plan;
}

double learning_rate(const TrainingSettings& settings, int epoch) {
  const double fallen = std::min(1.0, epoch / (settings.decay_end * static_cast<double>(settings.epochs)));
  return settings.learning_rate * (1.0 - (1.0 - settings.final_learning_rate_ratio) * fallen);
}

std::string config_text(const RunPlan& plan) {
  nlohmann::ordered_json config;
  config["version"] = DNM_VERSION;
  config["settings"] = nlohmann::ordered_json::parse(training_settings_to_json(plan.settings));
  config["engine"] = plan.engine;
  config["device"] = plan.device;
  config["layer_sizes"] = plan.network->layer_sizes();
  config["classes"] = plan.data->classes;
  auto& links = config["links"] = nlohmann::ordered_json::array();
  for (const Mask& mask : plan.network->masks()) links.push_back(mask.link_count());
  return config.dump(2) + "\n";
}

}  // namespace dnm
