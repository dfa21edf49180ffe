// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/network/network.h"
#include "training/layers/parameter_state.h"

namespace dnm {

/// A layer's weights on other links between the same neurons: a link that was there before keeps its weight and its
/// slots (momentum), a new one starts with 0 in all slots and the next of `grown` as its weight, or 0 if none is given.
/// O(links + n_out). Throws InvalidInput when the neurons or the weights do not fit.
[[nodiscard]] ParameterState carried_over(const Mask& from, const ParameterState& weights, const Mask& to,
                                          std::span<const float> grown = {});

}  // namespace dnm
