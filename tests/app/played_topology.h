// SPDX-License-Identifier: GPL-3.0-or-later
// A run folder with the topology of a run under PlayedRule, without a training.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/network/network.h"
#include "tests/training/played_rule.h"
#include "training/runs/topology_file.h"

namespace samples {

/// What a run reports of its updates, and its network as it began and after each of them.
struct PlayedTopology {
  std::vector<dnm::TopologyEventPointer> events;
  std::vector<dnm::NetworkPointer> networks;
};

/// Plays `updates` updates of this network and keeps them in the folder, as a run does.
inline PlayedTopology play_topology(const dnm::Network& network, std::uint64_t updates,
                                    const std::filesystem::path& folder) {
  class NoGradients : public dnm::GradientSource {
   public:
    void cells(std::span<const std::size_t>, std::int64_t, const Use&) override {}
  } gradients;
  std::vector<dnm::NamedMask> layers;
  for (const dnm::Mask& mask : network.masks()) layers.push_back({"layer" + std::to_string(layers.size() + 1), mask});
  std::filesystem::create_directories(folder);
  dnm::TopologyFile file(folder / dnm::topology_file_name);
  static_cast<void>(file.begin(layers, 0));
  PlayedTopology played{{}, {std::make_shared<const dnm::Network>(network)}};
  PlayedRule rule;
  for (std::uint64_t update = 1; update <= updates; ++update) {
    const dnm::StepPosition at{3 * update, 1000, 1};
    std::vector<std::vector<float>> weights;
    std::vector<dnm::SparseLayer> seen;
    for (const dnm::NamedMask& layer : layers) {
      weights.emplace_back(layer.mask.link_count(), 0.5F);
      seen.push_back({layer.name, layer.mask, weights.back()});
    }
    dnm::RewiringResult result = rule.rewired({at, seen, {}, {}, gradients, 1, {}});
    auto event = std::make_shared<dnm::TopologyEvent>();
    event->update = update;
    event->step = at.step + 1;
    event->epoch = 1;
    event->numbers = result.numbers;
    std::vector<dnm::Mask> masks;
    for (std::size_t i = 0; i < layers.size(); ++i) {
      dnm::LayerChange& change = event->layers.emplace_back();
      change.layer = layers[i].name;
      change.counts = result.layers[i].counts;
      dnm::note_difference(layers[i].mask, result.layers[i].mask, change);
      layers[i].mask = result.layers[i].mask;
      masks.push_back(layers[i].mask);
    }
    file.add(*event, layers);
    played.events.push_back(event);
    played.networks.push_back(
        std::make_shared<const dnm::Network>(dnm::Network::layered(network.layer_sizes(), std::move(masks))));
  }
  return played;
}

}  // namespace samples
