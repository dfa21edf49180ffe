// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/graph.h"

#include <algorithm>
#include <numeric>
#include <string>

namespace dnm {

namespace {

constexpr NodeIndex rows_between_looks = 256;

}  // namespace

Graph::Graph(const Network& network, const TaskControl& control)
    : begin_(std::size_t{network.node_count()} + 1, 0), layer_sizes_(network.layer_sizes()) {
  if (!network.is_layered()) {
    begin_ = network.masks().front().row_begin;
    neighbours_ = network.masks().front().columns;
    return;
  }
  // A neuron's neighbours in the layer before it (its mask row) have lower numbers than those in the layer after it, so
  // that visiting rows first and columns second leaves every list sorted.
  const auto& masks = network.masks();
  for (std::size_t layer = 0; layer < masks.size(); ++layer) {
    const NodeIndex inputs = network.first_node(layer);
    const NodeIndex outputs = network.first_node(layer + 1);
    for (NodeIndex output = 0; output < masks[layer].n_out; ++output) {
      if (output % rows_between_looks == 0) control.check();
      begin_[outputs + output + 1] += masks[layer].row(output).size();
      for (const NodeIndex input : masks[layer].row(output)) ++begin_[inputs + input + 1];
    }
  }
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  neighbours_.resize(begin_.back());
  std::vector<std::uint64_t> next(begin_.begin(), begin_.end() - 1);
  for (std::size_t layer = 0; layer < masks.size(); ++layer) {
    const NodeIndex inputs = network.first_node(layer);
    const NodeIndex outputs = network.first_node(layer + 1);
    for (NodeIndex output = 0; output < masks[layer].n_out; ++output) {
      if (output % rows_between_looks == 0) control.check();
      for (const NodeIndex input : masks[layer].row(output)) {
        neighbours_[next[outputs + output]++] = inputs + input;
        neighbours_[next[inputs + input]++] = outputs + output;
      }
    }
  }
}

Graph::Graph(NodeIndex node_count, std::span<const std::pair<NodeIndex, NodeIndex>> links)
    : Graph(Network::general(node_count, links)) {}

bool Graph::has_link(NodeIndex u, NodeIndex v) const {
  const auto list = neighbours(u);
  return std::binary_search(list.begin(), list.end(), v);
}

std::vector<std::pair<NodeIndex, NodeIndex>> Graph::links() const {
  std::vector<std::pair<NodeIndex, NodeIndex>> list;
  list.reserve(link_count());
  for (NodeIndex u = 0; u < node_count(); ++u) {
    for (const NodeIndex v : neighbours(u)) {
      if (u < v) list.emplace_back(u, v);
    }
  }
  return list;
}

Graph layer_graph(const Network& network, std::size_t layer, const TaskControl& control) {
  if (layer >= network.masks().size()) {
    throw InvalidInput("there is no layer " + std::to_string(layer) + " of links; the network has " +
                       std::to_string(network.masks().size()) + ", counted from 0");
  }
  if (!network.is_layered()) return Graph(network, control);
  const Mask& mask = network.masks()[layer];
  return Graph(Network::layered({mask.n_in, mask.n_out}, {mask}), control);
}

NodeIndex Components::isolated() const {
  return static_cast<NodeIndex>(std::count(sizes.begin(), sizes.end(), NodeIndex{1}));
}

Components connected_components(const Graph& graph) {
  constexpr NodeIndex unseen = 0xFFFFFFFFU;
  Components found;
  found.component_of.assign(graph.node_count(), unseen);
  std::vector<NodeIndex> queue;
  for (NodeIndex start = 0; start < graph.node_count(); ++start) {
    if (found.component_of[start] != unseen) continue;
    const auto label = static_cast<NodeIndex>(found.sizes.size());
    found.component_of[start] = label;
    queue.assign(1, start);
    for (std::size_t head = 0; head < queue.size(); ++head) {
      for (const NodeIndex neighbour : graph.neighbours(queue[head])) {
        if (found.component_of[neighbour] == unseen) {
          found.component_of[neighbour] = label;
          queue.push_back(neighbour);
        }
      }
    }
    found.sizes.push_back(static_cast<NodeIndex>(queue.size()));
  }
  std::vector<NodeIndex> order(found.sizes.size());
  std::iota(order.begin(), order.end(), NodeIndex{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](NodeIndex a, NodeIndex b) { return found.sizes[a] > found.sizes[b]; });
  std::vector<NodeIndex> rank(order.size());
  for (NodeIndex i = 0; i < order.size(); ++i) rank[order[i]] = i;
  for (NodeIndex& label : found.component_of) label = rank[label];
  std::sort(found.sizes.begin(), found.sizes.end(), std::greater<>());
  return found;
}

}  // namespace dnm
