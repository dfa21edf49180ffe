// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/falling_engines.h"

#include <cstddef>

namespace dnm {
namespace {

constexpr unsigned most_halvings = 6;

/// Every so many links of a layer.
Mask thinned(const Mask& mask, std::uint64_t step) {
  Mask made{mask.n_in, mask.n_out, {0}, {}};
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (std::uint64_t link = mask.row_begin[output]; link < mask.row_begin[output + 1]; ++link) {
      if (link % step == 0) made.columns.push_back(mask.columns[link]);
    }
    made.row_begin.push_back(made.columns.size());
  }
  return made;
}

}  // namespace

std::vector<std::uint64_t> links_to_become_sparse(const ModelKind& kind, const Topology& topology,
                                                  std::span<const Engine> engines, const TrainingSettings& settings,
                                                  const TaskControl& control) {
  std::vector<std::uint64_t> links(topology.layers.size(), 0);
  for (unsigned halvings = 1; halvings <= most_halvings; ++halvings) {
    Topology thinner = topology;
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < links.size(); ++i) {
      const NamedMask& layer = topology.layers[i];
      if (engines[i] != Engine::masked || layer.dense || links[i] > 0) continue;
      thinner.layers[i].mask = thinned(layer.mask, std::uint64_t{1} << halvings);
      open.push_back(i);
    }
    if (open.empty()) break;
    const std::vector<LayerTiming> timings = kind.time_layers(thinner, settings, control);
    for (const std::size_t i : open) {
      if (timings.at(i).sparse_milliseconds <= timings.at(i).masked_milliseconds) {
        links[i] = topology.layers[i].mask.link_count() >> halvings;
      }
    }
  }
  return links;
}

bool choose_engines_anew(const Topology& topology, std::span<const std::uint64_t> links_to_become_sparse,
                         std::span<Engine> engines) {
  bool changed = false;
  for (std::size_t i = 0; i < links_to_become_sparse.size(); ++i) {
    if (engines[i] != Engine::masked || links_to_become_sparse[i] == 0) continue;
    if (topology.layers[i].mask.link_count() > links_to_become_sparse[i]) continue;
    engines[i] = Engine::sparse;
    changed = true;
  }
  return changed;
}

}  // namespace dnm
