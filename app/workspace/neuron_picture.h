// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/model_parameters.h"
#include "viz/scenes/neuron_scene.h"

namespace dnm {

/// The picture of one neuron of a network. `parameters`: those that the network was drawn from, or null; the dendrites
/// are known where these are of the Dendritic Network Model and explain the links of the neuron. O(links of the layer).
[[nodiscard]] NeuronPicture neuron_picture(const NetworkPointer& network, NodeIndex node, const LayerNames& names,
                                           const ModelParameters* parameters);

}  // namespace dnm
