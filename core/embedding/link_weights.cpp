// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/link_weights.h"

#include <algorithm>
#include <span>

#include "core/measures/edge_betweenness.h"

namespace dnm {
namespace {

std::uint64_t common_neighbours(std::span<const NodeIndex> first, std::span<const NodeIndex> second) {
  std::uint64_t common = 0;
  for (std::size_t i = 0, j = 0; i < first.size() && j < second.size();) {
    if (first[i] == second[j]) {
      ++common, ++i, ++j;
    } else if (first[i] < second[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return common;
}

double weight(LinkWeights kind, double degree_u, double degree_v, double common) {
  switch (kind) {
    case LinkWeights::ra1:
      return (degree_u + degree_v + degree_u * degree_v) / (1.0 + common);
    case LinkWeights::ra2:
      return (degree_u - common) * (degree_v - common) / (1.0 + common);
    case LinkWeights::none:
    case LinkWeights::ebc:
      break;
  }
  return 1.0;
}

}  // namespace

WeightedGraph weighted_graph(const Graph& graph, LinkWeights weights, const TaskControl& control, unsigned threads) {
  WeightedGraph weighted;
  weighted.begin.assign(graph.offsets().begin(), graph.offsets().end());
  weighted.neighbours.assign(graph.adjacency().begin(), graph.adjacency().end());
  weighted.weights.assign(weighted.neighbours.size(), 1.0);
  if (weights == LinkWeights::none) return weighted;
  if (weights == LinkWeights::ebc) {
    weighted.weights = edge_betweenness(graph, threads, control);
    return weighted;
  }
  // Two nodes on opposite sides have no common neighbour, so layered networks need no intersections.
  const bool triangles = two_sides(weighted).empty();
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    if (u % 64 == 0) control.check();
    for (std::uint64_t k = weighted.begin[u]; k < weighted.begin[u + 1]; ++k) {
      const NodeIndex v = weighted.neighbours[k];
      const std::uint64_t common = triangles ? common_neighbours(graph.neighbours(u), graph.neighbours(v)) : 0;
      weighted.weights[k] = weight(weights, graph.degree(u), graph.degree(v), static_cast<double>(common));
    }
  }
  return weighted;
}

std::vector<std::uint8_t> two_sides(const WeightedGraph& graph) {
  constexpr std::uint8_t unseen = 2;
  std::vector<std::uint8_t> side(graph.node_count(), unseen);
  if (side.empty()) return side;
  std::vector<NodeIndex> queue{0};
  side[0] = 0;
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const NodeIndex u = queue[head];
    for (std::uint64_t k = graph.begin[u]; k < graph.begin[u + 1]; ++k) {
      const NodeIndex v = graph.neighbours[k];
      if (side[v] == unseen) {
        side[v] = static_cast<std::uint8_t>(1 - side[u]);
        queue.push_back(v);
      } else if (side[v] == side[u]) {
        return {};
      }
    }
  }
  return side;
}

}  // namespace dnm
