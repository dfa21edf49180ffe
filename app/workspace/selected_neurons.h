// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/network/network.h"

namespace dnm {

/// A neuron by its layer (0: the inputs, or all nodes of a general graph) and its number therein, from 0. It is the
/// same one while parameters change, as long as there is such a neuron.
struct NeuronId {
  std::size_t layer = 0;
  NodeIndex neuron = 0;
  auto operator<=>(const NeuronId&) const = default;
};

/// The neurons that are selected: ascending and distinct. They belong to the document as the settings of its chart do:
/// sessions keep them, and they are no step of undo and nothing to save.
using SelectedNeurons = std::vector<NeuronId>;

[[nodiscard]] SelectedNeurons neurons_of(const Network& network, std::span<const NodeIndex> nodes);
/// Node numbers, ascending; without those that the network has not.
[[nodiscard]] std::vector<NodeIndex> nodes_of(const Network& network, const SelectedNeurons& selected);

/// As a NeuronQuery reads it, ranges where neurons stand beside each other: "input 3-5, layer 1 neuron 98"; empty for
/// none.
[[nodiscard]] std::string words_of(const Network& network, const SelectedNeurons& selected);

/// A JSON array of pairs [layer, neuron]; what is none is left out.
[[nodiscard]] std::string selected_neurons_to_json(const SelectedNeurons& selected);
[[nodiscard]] SelectedNeurons selected_neurons_from_json(const std::string& text);

}  // namespace dnm
