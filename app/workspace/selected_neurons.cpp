// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/selected_neurons.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "core/support/json.h"

namespace dnm {

namespace {

void sort_out(SelectedNeurons& selected) {
  std::ranges::sort(selected);
  selected.erase(std::unique(selected.begin(), selected.end()), selected.end());
}

}  // namespace

SelectedNeurons neurons_of(const Network& network, std::span<const NodeIndex> nodes) {
  SelectedNeurons selected;
  for (const NodeIndex node : nodes) {
    if (node >= network.node_count()) continue;
    const std::size_t layer = network.layer_of(node);
    selected.push_back({layer, node - network.first_node(layer)});
  }
  sort_out(selected);
  return selected;
}

std::vector<NodeIndex> nodes_of(const Network& network, const SelectedNeurons& selected) {
  std::vector<NodeIndex> nodes;
  const std::vector<NodeIndex>& sizes = network.layer_sizes();
  for (const NeuronId& id : selected) {
    if (id.layer < sizes.size() && id.neuron < sizes[id.layer])
      nodes.push_back(network.first_node(id.layer) + id.neuron);
  }
  return nodes;
}

std::string words_of(const Network& network, const SelectedNeurons& selected) {
  std::string words;
  for (std::size_t first = 0; first < selected.size();) {
    const NeuronId& id = selected[first];
    std::size_t last = first;
    while (last + 1 < selected.size() && selected[last + 1] == NeuronId{id.layer, selected[last].neuron + 1}) ++last;
    words += words.empty() ? "" : ", ";
    words += !network.is_layered() ? "node "
             : id.layer == 0       ? "input "
                                   : "layer " + std::to_string(id.layer) + " neuron ";
    words += std::to_string(id.neuron);
    if (last > first) words += "-" + std::to_string(selected[last].neuron);
    first = last + 1;
  }
  return words;
}

std::string selected_neurons_to_json(const SelectedNeurons& selected) {
  OrderedJson json = OrderedJson::array();
  for (const NeuronId& id : selected) json.push_back({id.layer, id.neuron});
  return json.dump();
}

SelectedNeurons selected_neurons_from_json(const std::string& text) {
  const OrderedJson json = parse_json_if_valid(text);
  SelectedNeurons selected;
  if (!json.is_array()) return selected;
  for (const OrderedJson& pair : json) {
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_number_unsigned() || !pair[1].is_number_unsigned())
      continue;
    const auto neuron = pair[1].get<std::uint64_t>();
    if (neuron > std::numeric_limits<NodeIndex>::max()) continue;
    selected.push_back({pair[0].get<std::size_t>(), static_cast<NodeIndex>(neuron)});
  }
  sort_out(selected);
  return selected;
}

}  // namespace dnm
