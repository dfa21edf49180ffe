// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/network.h"
#include "training/layers/layer_state.h"

namespace dnm {

/// A layer's numbers on other links between the same neurons: a link that was there before keeps its weight and its
/// momentum, a new one starts with 0 for both; biases stay. O(links + n_out). Throws InvalidInput when
/// the neurons or the numbers do not fit.
[[nodiscard]] LayerState carried_over(const Mask& from, const LayerState& state, const Mask& to);

}  // namespace dnm
