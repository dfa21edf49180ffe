// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/highlight.h"

#include <algorithm>
#include <utility>

#include "viz/scenes/thinning.h"

namespace dnm {

namespace {

/// The links of a layered network's mask that begin or end at a chosen node.
void find_links(const Network& network, std::size_t mask_index, const std::vector<bool>& is_chosen,
                std::vector<HighlightedLink>& found) {
  const Mask& mask = network.masks()[mask_index];
  const NodeIndex inputs = network.first_node(mask_index), outputs = network.first_node(mask_index + 1);
  std::vector<NodeIndex> chosen_inputs;
  for (NodeIndex input = 0; input < mask.n_in; ++input) {
    if (is_chosen[inputs + input]) chosen_inputs.push_back(input);
  }
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    const auto row = mask.row(output);
    const auto add = [&](NodeIndex input) { found.push_back({inputs + input, outputs + output, mask_index}); };
    if (is_chosen[outputs + output]) {
      std::ranges::for_each(row, add);
    } else if (chosen_inputs.size() < row.size()) {
      for (const NodeIndex input : chosen_inputs) {
        if (std::ranges::binary_search(row, input)) add(input);
      }
    } else if (!chosen_inputs.empty()) {
      for (const NodeIndex input : row) {
        if (is_chosen[inputs + input]) add(input);
      }
    }
  }
}

/// The same for a general graph, whose symmetric mask holds every link twice.
void find_links_of_graph(const Network& network, const std::vector<NodeIndex>& nodes,
                         const std::vector<bool>& is_chosen, std::vector<HighlightedLink>& found) {
  for (const NodeIndex node : nodes) {
    for (const NodeIndex other : network.masks().front().row(node)) {
      if (!is_chosen[other] || other < node) found.push_back({other, node, 0});
    }
  }
}

}  // namespace

Highlight highlight_of(NetworkPointer network, std::vector<NodeIndex> nodes, std::size_t link_limit) {
  Highlight found;
  if (!network) return found;
  std::erase_if(nodes, [&](NodeIndex node) { return node >= network->node_count(); });
  std::ranges::sort(nodes);
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  std::vector<bool> is_chosen(network->node_count(), false);
  for (const NodeIndex node : nodes) is_chosen[node] = true;

  std::vector<HighlightedLink> links;
  if (!nodes.empty() && network->is_layered()) {
    for (std::size_t mask = 0; mask < network->masks().size(); ++mask) find_links(*network, mask, is_chosen, links);
  } else if (!nodes.empty()) {
    find_links_of_graph(*network, nodes, is_chosen, links);
  }
  std::vector<bool> is_neighbour(network->node_count(), false);
  for (const HighlightedLink& link : links) {
    for (const NodeIndex end : {link.input, link.output}) is_neighbour[end] = !is_chosen[end];
  }
  for (NodeIndex node = 0; node < network->node_count(); ++node) {
    if (is_neighbour[node]) found.neighbours.push_back(node);
  }
  found.link_count = links.size();
  const Thinning thinning(links.size(), link_limit);
  if (thinning.is_complete()) {
    found.links = std::move(links);
  } else {
    for (std::uint64_t index = 0; index < thinning.shown(); ++index) found.links.push_back(links[thinning.item(index)]);
  }
  found.network = std::move(network);
  found.nodes = std::move(nodes);
  return found;
}

}  // namespace dnm
