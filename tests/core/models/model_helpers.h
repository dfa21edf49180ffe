// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "core/models/model_parameters.h"
#include "core/network/network.h"

namespace dnm::test {

/// The default parameters with some of them set from text, as on the command line.
inline ModelParameters with(std::initializer_list<std::pair<const char*, std::string>> settings) {
  ModelParameters parameters;
  for (const auto& [id, text] : settings) set_from_text(parameters, id, text);
  return parameters;
}

/// Links out of every input neuron.
inline std::vector<NodeIndex> input_degrees(const Mask& mask) {
  std::vector<NodeIndex> degrees(mask.n_in, 0);
  for (const NodeIndex input : mask.columns) ++degrees[input];
  return degrees;
}

/// Links into every output neuron.
inline std::vector<NodeIndex> output_degrees(const Mask& mask) {
  std::vector<NodeIndex> degrees;
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    degrees.push_back(static_cast<NodeIndex>(mask.row(output).size()));
  }
  return degrees;
}

}  // namespace dnm::test
