// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/neuron_picture.h"

#include <algorithm>

namespace dnm {

NeuronPicture neuron_picture(const NetworkPointer& network, NodeIndex node, const LayerNames& names,
                             const ModelParameters* parameters) {
  NeuronPicture picture{network, node, {}, names};
  const std::size_t layer = network->layer_of(node);
  if (parameters == nullptr || parameters->initialiser != "dnm" || layer == 0) return picture;
  const NodeIndex neuron = node - network->first_node(layer);
  picture.drawn = draw_dendritic_neuron(*parameters, layer - 1, neuron);
  const auto links = network->masks()[layer - 1].row(neuron);
  // What does not explain the links is not shown.
  if (picture.drawn->rewiring == 0.0 && !std::ranges::equal(picture.drawn->inputs, links)) picture.drawn.reset();
  return picture;
}

}  // namespace dnm
