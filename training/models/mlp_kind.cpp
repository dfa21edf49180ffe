// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/mlp_kind.h"

#include <algorithm>
#include <string>

#include "core/support/error.h"
#include "training/kernels/sparse_kernels.h"
#include "training/layers/cross_entropy.h"
#include "training/layers/engine_choice.h"
#include "training/layers/sparse_index.h"
#include "training/models/mlp.h"
#include "training/models/threads_parameter.h"

namespace dnm {
namespace {

std::string sizes_text(const std::vector<NodeIndex>& sizes) {
  std::string text;
  for (const NodeIndex size : sizes) text += (text.empty() ? "" : ",") + std::to_string(size);
  return text;
}

void check_network(const NetworkPointer& network, const TaskShape& task) {
  if (network == nullptr) throw InvalidInput("there is no network to train; generate or open one");
  if (!network->is_layered()) {
    throw InvalidInput("a network without layers cannot be trained; generate or open a layered one");
  }
  const auto& sizes = network->layer_sizes();
  if (sizes.front() != task.inputs) {
    std::vector<NodeIndex> wanted{task.inputs};
    wanted.insert(wanted.end(), sizes.begin() + 1, sizes.end());
    throw InvalidInput("the network's first layer has " + std::to_string(sizes.front()) + " neurons, but " +
                       task.inputs_text + "; make it as large, for example with layers " + sizes_text(wanted));
  }
}

}  // namespace

Topology MlpKind::topology(const TopologySource& source, const TaskShape& task) const {
  const NetworkPointer& network = source.network;
  check_network(network, task);
  Topology made;
  std::vector<std::size_t>& chain = made.chains.emplace_back();
  for (const Mask& mask : network->masks()) {
    chain.push_back(made.layers.size());
    made.layers.push_back({"layer" + std::to_string(chain.size()), mask});
  }
  made.layers.push_back({"classifier", full_mask(network->layer_sizes().back(), task.outputs), true});
  return made;
}

ModelState MlpKind::first_state(const Topology& topology, const TaskShape&, const TrainingSettings& settings,
                                std::size_t slots, const TaskControl& control) const {
  return dnm::first_state(topology.layers, settings.weight_init, settings.seed, slots, control);
}

std::uint64_t MlpKind::memory_bytes(const Topology& topology, const TaskShape&, const ModelPlacement& placement,
                                    const TrainingSettings& settings) const {
  // Masks and state as handed over 20 bytes a link; the sparse engine 32 (with summed gradients); of every neuron
  // activations and two gradients of as many tiles as go through the layers at once.
  const auto batch = static_cast<std::size_t>(settings.batch);
  std::uint64_t links_of_all = 0;
  for (const NamedMask& layer : topology.layers) links_of_all += layer.mask.link_count();
  const bool shared = threads_worth(links_of_all, batch, threads_to_make(parameters_.threads)) > 1;
  const std::uint64_t places = tile_width * (shared ? tiles_at_once(links_of_all, batch) : 1);
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < topology.layers.size(); ++i) {
    const Mask& mask = topology.layers[i].mask;
    const std::uint64_t links = mask.link_count();
    bytes += links * 20;
    if (!placement.engines.empty() && placement.engines[i] == Engine::masked) {
      if (placement.device != Device::cpu) continue;
      bytes += std::uint64_t{mask.n_in} * mask.n_out * 16 + links * 8 +
               std::uint64_t{mask.n_out} * batch * 3 * sizeof(float);
    } else {
      bytes += links * 32 + std::uint64_t{mask.n_out} * places * 3 * sizeof(float);
    }
  }
  return bytes;
}

std::vector<LayerTiming> MlpKind::time_layers(const Topology& topology, const TrainingSettings& settings,
                                              const TaskControl& control) const {
  return dnm::time_layers(topology.layers, static_cast<std::size_t>(settings.batch), control);
}

std::unique_ptr<Model> MlpKind::make(const Topology& topology, const ModelState& state, const ModelPlacement& placement,
                                     const TrainingSettings& settings, const Loss& loss) const {
  const MlpSettings mlp{loss, settings.dropout, settings.seed, threads_to_make(parameters_.threads),
                        static_cast<std::size_t>(settings.batch)};
  // Whole batches are a little faster for dense products, and the only way to a device.
  const bool all_masked = std::all_of(placement.engines.begin(), placement.engines.end(),
                                      [](Engine engine) { return engine == Engine::masked; });
  const bool knows_loss = placement.device != Device::cpu || dynamic_cast<const SoftmaxCrossEntropy*>(&loss) != nullptr;
  return all_masked && knows_loss ? make_masked_mlp(topology.layers, state, mlp, placement.device)
                                  : make_layered_mlp(topology.layers, state, mlp, placement.engines);
}

}  // namespace dnm
