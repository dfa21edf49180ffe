// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/network/network.h"
#include "core/network/random.h"
#include "core/parameters/parameter.h"
#include "core/support/task_control.h"

namespace dnm {

// The quantities that the Dendritic Network Model draws for every output neuron of a layer before any link is placed
// (manual: methods/model, "Degrees", "Receptive fields" and "Dendrites"). Neuron j lies at distance d_j = |j - c| from
// the middle c = (n_out-1)/2 of its layer. O(n_out + links).

struct DegreeRequest {
  NodeIndex n_in;
  NodeIndex n_out;
  std::uint64_t links;  ///< T
  double mean_degree;   ///< k̄ = n_in·(1-s)
};

/// k_j with sum T exactly, each in [1, n_in]; where T < n_out, T neurons have one link and the rest none (spatial
/// families: drawn by weight).
[[nodiscard]] std::vector<NodeIndex> draw_degrees(const Distribution& degree, const DegreeRequest& request,
                                                  Random& random, const TaskControl& control = {});

/// The fixed family without a mean: floor and ceiling of links/n_out, as many of each as the sum requires, shuffled.
[[nodiscard]] std::vector<NodeIndex> draw_even_degrees(NodeIndex n_out, std::uint64_t links, Random& random);

/// alpha_j in [0, 1].
[[nodiscard]] std::vector<double> draw_receptive_fields(const Distribution& receptive_field, NodeIndex n_out,
                                                        Random& random);

/// M_j in [1, k_j]; 0 where k_j = 0.
[[nodiscard]] std::vector<NodeIndex> draw_dendrite_counts(const Distribution& dendrites,
                                                          std::span<const NodeIndex> degrees, Random& random);

}  // namespace dnm
