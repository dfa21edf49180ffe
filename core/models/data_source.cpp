// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/data_source.h"

#include "core/support/error.h"

namespace dnm {

void check_first_layer(const std::vector<NodeIndex>& layer_sizes, const DataInputs& data) {
  if (layer_sizes.front() == data.inputs) return;
  std::string wanted = std::to_string(data.inputs);
  for (std::size_t i = 1; i < layer_sizes.size(); ++i) wanted += "," + std::to_string(layer_sizes[i]);
  throw InvalidInput("the network's first layer has " + std::to_string(layer_sizes.front()) +
                     " neurons, but images of " + data.label + " have " + std::to_string(data.inputs) +
                     " pixels; make it as large, for example with layers " + wanted);
}

}  // namespace dnm
