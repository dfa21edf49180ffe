// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/community_order.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <numeric>
#include <span>
#include <utility>

#include "viz/scenes/node_colors.h"

namespace dnm {

namespace {

Network renumbered(const Network& network, const std::vector<NodeIndex>& node_at,
                   const std::vector<NodeIndex>& place_of) {
  if (!network.is_layered()) {
    std::vector<std::pair<NodeIndex, NodeIndex>> links;
    const Mask& mask = network.masks().front();
    for (NodeIndex row = 0; row < mask.n_out; ++row) {
      for (const NodeIndex column : mask.row(row)) {
        if (column < row) links.emplace_back(place_of[column], place_of[row]);
      }
    }
    return Network::general(network.node_count(), links);
  }
  std::vector<Mask> masks;
  for (std::size_t layer = 0; layer < network.masks().size(); ++layer) {
    const Mask& mask = network.masks()[layer];
    const NodeIndex inputs = network.first_node(layer), outputs = network.first_node(layer + 1);
    Mask drawn{mask.n_in, mask.n_out, {0}, {}};
    drawn.columns.reserve(mask.columns.size());
    for (NodeIndex row = 0; row < mask.n_out; ++row) {
      for (const NodeIndex column : mask.row(node_at[outputs + row] - outputs)) {
        drawn.columns.push_back(place_of[inputs + column] - inputs);
      }
      std::sort(drawn.columns.begin() + static_cast<std::ptrdiff_t>(drawn.row_begin.back()), drawn.columns.end());
      drawn.row_begin.push_back(drawn.columns.size());
    }
    masks.push_back(std::move(drawn));
  }
  return Network::layered(network.layer_sizes(), std::move(masks));
}

template <class Value>
std::vector<Value> picked(const std::vector<Value>& values, const std::vector<NodeIndex>& node_at) {
  std::vector<Value> result;
  if (values.size() != node_at.size()) return result;
  result.reserve(values.size());
  for (const NodeIndex node : node_at) result.push_back(values[node]);
  return result;
}

}  // namespace

CommunityOrder order_by_community(const SceneInput& input) {
  const Network& network = *input.network;
  const std::span<const std::int32_t> communities = communities_of(input);
  if (communities.empty()) return {input, {}};
  const std::vector<std::int32_t> ranks = community_ranks(communities).rank_of;
  std::vector<NodeIndex> node_at(network.node_count());
  std::iota(node_at.begin(), node_at.end(), NodeIndex{0});
  for (std::size_t layer = 0; layer < network.layer_sizes().size(); ++layer) {
    const auto begin = node_at.begin() + network.first_node(layer);
    std::stable_sort(begin, begin + network.layer_sizes()[layer], [&](NodeIndex a, NodeIndex b) {
      // A node without a community counts as of the last.
      return static_cast<std::uint32_t>(ranks[a]) < static_cast<std::uint32_t>(ranks[b]);
    });
  }
  std::vector<NodeIndex> place_of(node_at.size());
  for (NodeIndex place = 0; place < node_at.size(); ++place) place_of[node_at[place]] = place;

  CommunityOrder order{input, {}};
  order.input.network = std::make_shared<const Network>(renumbered(network, node_at, place_of));
  if (input.before && input.before->layer_sizes() == network.layer_sizes()) {
    order.input.before = std::make_shared<const Network>(renumbered(*input.before, node_at, place_of));
  }
  for (SceneMeasurement& measured : order.input.measures) {
    if (!measured.value) continue;
    auto renumbered_measurement = std::make_shared<Measurement>(*measured.value);
    renumbered_measurement->communities = picked(measured.value->communities, node_at);
    renumbered_measurement->node_values = picked(measured.value->node_values, node_at);
    measured.value = std::move(renumbered_measurement);
  }
  if (input.embedding) {
    auto embedding = std::make_shared<Embedding>(*input.embedding);
    embedding->theta = picked(input.embedding->theta, node_at);
    embedding->radius = picked(input.embedding->radius, node_at);
    embedding->component = picked(input.embedding->component, node_at);
    order.input.embedding = std::move(embedding);
  }
  order.node_at = std::move(node_at);
  return order;
}

}  // namespace dnm
