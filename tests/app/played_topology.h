// SPDX-License-Identifier: GPL-3.0-or-later
// A run folder with the topology of a run under PlayedRule, without a training.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/network/network.h"
#include "tests/core/random_mask.h"
#include "tests/training/played_rule.h"
#include "training/runs/topology_file.h"

namespace samples {

/// What a run reports of its updates, and its layers and network as it began and after each of them.
struct PlayedTopology {
  std::vector<dnm::TopologyEventPointer> events;
  std::vector<dnm::NamedMasksPointer> layers;
  std::vector<dnm::NetworkPointer> networks{};  ///< of layers that are one chain
};

/// Plays `updates` updates of these layers and keeps them in the folder, as a run does.
inline PlayedTopology play_layers(std::vector<dnm::NamedMask> layers, std::uint64_t updates,
                                  const std::filesystem::path& folder) {
  class NoGradients : public dnm::GradientSource {
   public:
    void cells(std::span<const std::size_t>, std::int64_t, const Use&) override {}
  } gradients;
  std::filesystem::create_directories(folder);
  dnm::TopologyFile file(folder / dnm::topology_file_name);
  static_cast<void>(file.begin(layers, 0));
  PlayedTopology played{{}, {std::make_shared<const std::vector<dnm::NamedMask>>(layers)}};
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
    for (std::size_t i = 0; i < layers.size(); ++i) {
      dnm::LayerChange& change = event->layers.emplace_back();
      change.layer = layers[i].name;
      change.counts = result.layers[i].counts;
      dnm::note_difference(layers[i].mask, result.layers[i].mask, change);
      layers[i].mask = result.layers[i].mask;
    }
    file.add(*event, layers);
    played.events.push_back(event);
    played.layers.push_back(std::make_shared<const std::vector<dnm::NamedMask>>(layers));
  }
  return played;
}

/// The same of the layers of a network.
inline PlayedTopology play_topology(const dnm::Network& network, std::uint64_t updates,
                                    const std::filesystem::path& folder) {
  std::vector<dnm::NamedMask> layers;
  for (const dnm::Mask& mask : network.masks()) layers.push_back({"layer" + std::to_string(layers.size() + 1), mask});
  PlayedTopology played = play_layers(std::move(layers), updates, folder);
  for (const dnm::NamedMasksPointer& now : played.layers) {
    std::vector<dnm::Mask> masks;
    for (const dnm::NamedMask& layer : *now) masks.push_back(layer.mask);
    played.networks.push_back(
        std::make_shared<const dnm::Network>(dnm::Network::layered(network.layer_sizes(), std::move(masks))));
  }
  return played;
}

/// The matrices of a Transformer of `blocks` + `blocks` blocks, with their names and shapes and random links.
inline std::vector<dnm::NamedMask> transformer_layers(std::size_t blocks, dnm::NodeIndex width,
                                                      dnm::NodeIndex feed_forward) {
  std::vector<dnm::NamedMask> layers;
  const auto add = [&](const std::string& name, dnm::NodeIndex n_out, dnm::NodeIndex n_in) {
    const std::uint64_t links = std::uint64_t{n_out} * n_in / 4;
    layers.push_back({name, dnm::test::random_mask(n_in, n_out, links, layers.size())});
  };
  for (const std::string side : {"encoder", "decoder"}) {
    for (std::size_t block = 1; block <= blocks; ++block) {
      const std::string name = side + std::to_string(block);
      for (const std::string attention : {".self", ".context"}) {
        if (attention == ".context" && side == "encoder") continue;
        for (const char* leaf : {".q", ".k", ".v", ".o"}) add(name + attention + leaf, width, width);
      }
      add(name + ".ffn.w1", feed_forward, width);
      add(name + ".ffn.w2", width, feed_forward);
    }
  }
  return layers;
}

}  // namespace samples
