// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/topology.h"

namespace dnm {

std::vector<std::size_t> Topology::sparse_layers() const {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (!layers[i].dense) places.push_back(i);
  }
  return places;
}

std::uint64_t Topology::sparse_links() const {
  std::uint64_t sum = 0;
  for (const NamedMask& layer : layers) sum += layer.dense ? 0 : layer.mask.link_count();
  return sum;
}

std::uint64_t Topology::links() const {
  std::uint64_t sum = 0;
  for (const NamedMask& layer : layers) sum += layer.mask.link_count();
  return sum;
}

}  // namespace dnm
