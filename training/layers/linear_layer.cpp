// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/linear_layer.h"

#include <algorithm>

#include "core/support/error.h"

namespace dnm {
namespace {

void require(bool fitting) {
  if (!fitting) throw InvalidInput("the weights do not fit the network; train the network that they were made for");
}

bool has_length(const ParameterState& parameter, std::uint64_t length) {
  return parameter.values.size() == length && std::all_of(parameter.slots.begin(), parameter.slots.end(),
                                                          [&](const auto& slot) { return slot.size() == length; });
}

}  // namespace

void check_weights(const Mask& mask, const ParameterState& weights, NodeIndex n_in, NodeIndex n_out) {
  require(mask.n_in == n_in && mask.n_out == n_out && has_length(weights, mask.link_count()));
}

void check_layer(const Mask& mask, const ParameterState& weights, const ParameterState& biases, NodeIndex n_in,
                 NodeIndex n_out) {
  check_weights(mask, weights, n_in, n_out);
  require(has_length(biases, n_out) && biases.slots.size() == weights.slots.size());
}

}  // namespace dnm
