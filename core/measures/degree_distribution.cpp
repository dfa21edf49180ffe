// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/degree_distribution.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/support/error.h"

namespace dnm {

namespace {

/// Adds the degrees of the neurons of one layer, if they have that side.
void add_layer(const Network& network, DegreeSide side, std::size_t layer, std::vector<NodeIndex>& degrees) {
  const auto& masks = network.masks();
  const bool layered = network.is_layered();
  const bool in = layered ? layer > 0 && side != DegreeSide::out : side == DegreeSide::all;
  const bool out = layered && layer < masks.size() && side != DegreeSide::in;
  if (!in && !out) return;
  const std::size_t first = degrees.size();
  degrees.resize(first + network.layer_sizes()[layer], 0);
  if (in) {
    const Mask& mask = masks[layered ? layer - 1 : 0];
    for (NodeIndex neuron = 0; neuron < mask.n_out; ++neuron) {
      degrees[first + neuron] += static_cast<NodeIndex>(mask.row(neuron).size());
    }
  }
  if (out) {
    for (const NodeIndex neuron : masks[layer].columns) ++degrees[first + neuron];
  }
}

DegreeDistribution distribution_of(std::vector<NodeIndex> degrees) {
  std::sort(degrees.begin(), degrees.end());
  DegreeDistribution found;
  const auto positive = std::upper_bound(degrees.begin(), degrees.end(), NodeIndex{0});
  found.without = static_cast<std::uint64_t>(positive - degrees.begin());
  found.nodes = static_cast<std::uint64_t>(degrees.end() - positive);
  for (auto each = positive; each != degrees.end(); each = std::upper_bound(each, degrees.end(), *each)) {
    found.degree.push_back(*each);
    found.ccdf.push_back(static_cast<double>(degrees.end() - each) / static_cast<double>(found.nodes));
  }
  return found;
}

}  // namespace

DegreeDistribution degree_distribution(const Network& network, DegreeSide side, std::optional<std::size_t> layer) {
  const std::size_t layers = network.layer_sizes().size();
  if (layer && *layer >= layers) {
    throw InvalidInput("there is no layer " + std::to_string(*layer) + " of neurons; the network has " +
                       std::to_string(layers) + ", counted from 0");
  }
  std::vector<NodeIndex> degrees;
  for (std::size_t each = layer.value_or(0); each < (layer ? *layer + 1 : layers); ++each) {
    add_layer(network, side, each, degrees);
  }
  return distribution_of(std::move(degrees));
}

DegreeDistribution mask_degree_distribution(const Network& network, std::size_t mask) {
  if (mask >= network.masks().size()) {
    throw InvalidInput("there is no layer " + std::to_string(mask + 1) + " of links; the network has " +
                       std::to_string(network.masks().size()));
  }
  if (!network.is_layered()) return degree_distribution(network, DegreeSide::all);
  std::vector<NodeIndex> degrees;
  add_layer(network, DegreeSide::out, mask, degrees);
  add_layer(network, DegreeSide::in, mask + 1, degrees);
  return distribution_of(std::move(degrees));
}

}  // namespace dnm
