// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/dead_ends.h"

#include <cstddef>
#include <utility>

#include "core/support/error.h"

namespace dnm {
namespace {

/// One flag for each neuron of a layer.
using Marks = std::vector<char>;

/// The links between marked neurons.
Mask between(const Mask& mask, const Marks& inputs, const Marks& outputs) {
  Mask kept{mask.n_in, mask.n_out, {0}, {}};
  kept.row_begin.reserve(mask.row_begin.size());
  kept.columns.reserve(mask.columns.size());
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    if (outputs[output] != 0) {
      for (const NodeIndex input : mask.row(output)) {
        if (inputs[input] != 0) kept.columns.push_back(input);
      }
    }
    kept.row_begin.push_back(kept.columns.size());
  }
  return kept;
}

/// The inputs that a link joins to a marked output.
Marks with_a_way_out(const Mask& mask, const Marks& outputs) {
  Marks inputs(mask.n_in, 0);
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    if (outputs[output] == 0) continue;
    for (const NodeIndex input : mask.row(output)) inputs[input] = 1;
  }
  return inputs;
}

/// The outputs that a link joins to a marked input.
Marks with_a_way_in(const Mask& mask, const Marks& inputs) {
  Marks outputs(mask.n_out, 0);
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (const NodeIndex input : mask.row(output)) {
      if (inputs[input] != 0) outputs[output] = 1;
    }
  }
  return outputs;
}

}  // namespace

std::vector<Mask> without_dead_ends(std::span<const Mask> masks) {
  std::vector<Mask> kept;
  if (masks.empty()) return kept;
  std::vector<Marks> way_out(masks.size());  // of the inputs of each mask
  Marks outputs(masks.back().n_out, 1);
  for (std::size_t i = masks.size(); i-- > 0;) {
    way_out[i] = with_a_way_out(masks[i], i + 1 < masks.size() ? way_out[i + 1] : outputs);
  }
  Marks way_in(masks.front().n_in, 1);
  for (std::size_t i = 0; i < masks.size(); ++i) {
    kept.push_back(between(masks[i], way_in, i + 1 < masks.size() ? way_out[i + 1] : outputs));
    way_in = with_a_way_in(kept.back(), way_in);
  }
  return kept;
}

Network without_dead_ends(const Network& network) {
  if (!network.is_layered()) {
    throw InvalidInput("dead ends are those of layers, and this network is a graph without any; read it as layers");
  }
  return Network::layered(network.layer_sizes(), without_dead_ends(std::span(network.masks())))
      .with_names(network.names());
}

}  // namespace dnm
