// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/models/dendritic_neuron.h"
#include "core/network/layer_names.h"
#include "viz/scenes/network_scene.h"

namespace dnm {

/// One neuron of a network, and what a model drew for it.
struct NeuronPicture {
  NetworkPointer network{};
  NodeIndex node = 0;
  /// Nothing: the network is no drawing of the Dendritic Network Model, so that only its links are known.
  std::optional<DendriticNeuron> drawn{};
  LayerNames names{};  ///< of its layers, as in SceneInput
};

/// The schematic of an output neuron: its dendrites from the cell body to their places among the inputs, the receptive
/// window, the blocks of synapses, and below them each block enlarged. With a border that wraps around, the neuron's
/// own place is in the middle and numbers go on after the last input with 0. Fills the whole page; inputs and the nodes
/// of a graph have no dendrites, and get a message. O(inputs linked + dendrites).
[[nodiscard]] Scene neuron_scene(const NeuronPicture& picture, const SceneOptions& options);

}  // namespace dnm
