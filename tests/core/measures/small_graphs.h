// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>
#include <vector>

#include "core/network/graph.h"
#include "core/network/random.h"

/// Graphs with known values, and random ones to compare two routes on.
namespace dnm::test {

using Links = std::vector<std::pair<NodeIndex, NodeIndex>>;

inline Graph star(NodeIndex leaves) {
  Links links;
  for (NodeIndex leaf = 1; leaf <= leaves; ++leaf) links.emplace_back(0, leaf);
  return Graph(leaves + 1, links);
}

/// Nodes in a row.
inline Graph path(NodeIndex nodes) {
  Links links;
  for (NodeIndex node = 0; node + 1 < nodes; ++node) links.emplace_back(node, node + 1);
  return Graph(nodes, links);
}

inline Graph ring(NodeIndex nodes) {
  Links links;
  for (NodeIndex node = 0; node < nodes; ++node) links.emplace_back(node, (node + 1) % nodes);
  return Graph(nodes, links);
}

inline Links complete_bipartite_links(NodeIndex left, NodeIndex right) {
  Links links;
  for (NodeIndex u = 0; u < left; ++u) {
    for (NodeIndex v = 0; v < right; ++v) links.emplace_back(u, left + v);
  }
  return links;
}

/// Every pair linked with the given probability.
inline Graph random_graph(NodeIndex nodes, double probability, std::uint64_t seed) {
  Random random(seed);
  Links links;
  for (NodeIndex u = 0; u < nodes; ++u) {
    for (NodeIndex v = u + 1; v < nodes; ++v) {
      if (random.uniform() < probability) links.emplace_back(u, v);
    }
  }
  return Graph(nodes, links);
}

/// Random links between neighbouring layers.
inline Links random_layered_links(const std::vector<NodeIndex>& layers, double probability, std::uint64_t seed) {
  Random random(seed);
  Links links;
  NodeIndex first = 0;
  for (std::size_t layer = 0; layer + 1 < layers.size(); ++layer) {
    const NodeIndex next = first + layers[layer];
    for (NodeIndex u = first; u < next; ++u) {
      for (NodeIndex v = next; v < next + layers[layer + 1]; ++v) {
        if (random.uniform() < probability) links.emplace_back(u, v);
      }
    }
    first = next;
  }
  return links;
}

}  // namespace dnm::test
