// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/network/network.h"
#include "core/parameters/parameter.h"

namespace dnm {

/// By what a rule judges the links that it may take (manual: methods/rewiring, "Removal").
enum class RemovalScore : std::uint8_t { magnitude, relative_importance };
/// In the order of the enumerators.
[[nodiscard]] std::span<const Choice> removal_score_choices();

/// The scores of a layer's links, in the mask's order: |w|, or |w_ij|/Σ_i|w_ij| + |w_ij|/Σ_j|w_ij| over the links of
/// the layer, a term of sum 0 being 0 (Zhang et al., arXiv:2501.19107). O(links + neurons).
[[nodiscard]] std::vector<double> removal_scores(const Mask& mask, std::span<const float> weights, RemovalScore score);

/// m = floor(ζ·n), the product in double, but one link of n stays. ζ in [0, 1].
[[nodiscard]] std::uint64_t removed_count(double zeta, std::uint64_t links);

/// A layer while an update is at work on it.
struct WeightedMask {
  Mask mask;
  std::vector<float> weights;  ///< of its links, in the mask's order
};

/// Keeps the links at these places (ascending) of the mask's order. O(links + n_out).
void keep_links(WeightedMask& layer, std::span<const std::uint64_t> places);

}  // namespace dnm
