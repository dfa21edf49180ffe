// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/network/network.h"
#include "core/parameters/parameter.h"
#include "core/support/task_control.h"
#include "training/layers/named_mask.h"
#include "training/layers/parameter_state.h"

namespace dnm {

/// The distribution the first weights are drawn from.
enum class WeightInit : std::uint8_t { swi, per_neuron, kaiming, fan_out };
/// In the order of the enumerators: the values of the setting "weight-init".
[[nodiscard]] std::span<const Choice> weight_init_choices();

/// The first weights of every layer, in link order, from N(0, v) by the rule (the sparse weight initialisation
/// of Zhang et al., ICLR 2024, and its variants; s is the layer's own sparsity, so a dense layer gets Kaiming's
/// 2/n_in (He et al., ICCV 2015, doi:10.1109/ICCV.2015.123) from `swi`):
///   swi         v = 2/((1-s)·n_in)
///   per_neuron  v = 2/k_j, k_j the links of the output neuron
///   kaiming     v = 2/n_in
///   fan_out     v = 2/((1-s)·n_out)
/// Biases are uniform in ±1/sqrt(n_in), what PyTorch's linear layer gives them and the papers' code leaves them;
/// `slots` arrays of 0 each stand beside them. The state is, layer by layer, "NAME.weight" and "NAME.bias"; layer i
/// depends on (seed, i) alone. The same on every machine. O(links). Throws Cancelled.
[[nodiscard]] ModelState first_state(std::span<const NamedMask> layers, WeightInit rule, std::uint64_t seed,
                                     std::size_t slots, const TaskControl& control = {});

}  // namespace dnm
