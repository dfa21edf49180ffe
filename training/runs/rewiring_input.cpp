// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/rewiring_input.h"

namespace dnm {
namespace {

std::size_t place_among(const std::vector<std::size_t>& places, std::size_t place) {
  return static_cast<std::size_t>(std::find(places.begin(), places.end(), place) - places.begin());
}

}  // namespace

std::vector<SparseLayer> layers_at(const std::vector<std::size_t>& places, const Topology& topology,
                                   const ModelState& state) {
  std::vector<SparseLayer> layers;
  for (const std::size_t place : places) {
    const NamedMask& layer = topology.layers[place];
    const HeadBlocks heads = topology.heads.empty() ? HeadBlocks{} : topology.heads[place];
    layers.push_back({layer.name, layer.mask, parameter_of(state, layer.name + ".weight").values, heads});
  }
  return layers;
}

std::vector<std::vector<std::size_t>> sparse_chains(const Topology& topology, const std::vector<std::size_t>& places) {
  std::vector<std::vector<std::size_t>> chains = topology.chains;
  for (std::vector<std::size_t>& chain : chains) {
    for (std::size_t& place : chain) place = place_among(places, place);
  }
  return chains;
}

std::vector<std::array<std::size_t, 2>> sparse_pairs(const Topology& topology, const std::vector<std::size_t>& places) {
  std::vector<std::array<std::size_t, 2>> pairs = topology.pairs;
  for (std::array<std::size_t, 2>& pair : pairs) {
    for (std::size_t& place : pair) place = place_among(places, place);
  }
  return pairs;
}

}  // namespace dnm
