// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/network/network.h"
#include "core/support/task_control.h"
#include "training/engine/mlp.h"

namespace dnm {

/// The first weights of every layer, in link order, from N(0, v) by the rule (the sparse weight initialisation
/// of Zhang et al., ICLR 2024, and its variants; s is the layer's own sparsity, so a dense layer gets Kaiming's
/// 2/n_in from "swi"):
///   "swi"         v = 2/((1-s)·n_in)
///   "per-neuron"  v = 2/k_j, k_j the links of the output neuron
///   "kaiming"     v = 2/n_in
///   "fan-out"     v = 2/((1-s)·n_out)
/// Biases are uniform in ±1/sqrt(n_in), what PyTorch's linear layer gives them and the papers' code leaves them;
/// momenta start at 0. Layer i depends on (seed, i) alone. The same on every machine. O(links).
/// Throws InvalidInput for an unknown rule, Cancelled.
[[nodiscard]] ModelState first_state(const std::vector<Mask>& masks, std::string_view rule, std::uint64_t seed,
                                     const TaskControl& control = {});

}  // namespace dnm
