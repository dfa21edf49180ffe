// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/network/network.h"

namespace dnm {

/// all: every link of a neuron; in: its links from the previous layer; out: its links to the next layer.
enum class DegreeSide { all, in, out };

/// Complementary cumulative distribution of the degrees K > 0, the sample that the power law is fitted to; the fitted
/// line is therefore ccdf at x_min times ζ(γ, x) / ζ(γ, x_min).
struct DegreeDistribution {
  std::vector<NodeIndex> degree;  ///< the distinct degrees > 0, ascending
  std::vector<double> ccdf;       ///< P(K >= degree) among the neurons with K > 0; starts at 1
  std::uint64_t nodes = 0;        ///< neurons with K > 0
  std::uint64_t without = 0;      ///< neurons that have this side but no link on it (K = 0)
};

/// Degrees of the neurons of one layer (0: the inputs), or of all. The first layer has no side `in`, the last none
/// `out`, and the nodes of a general graph neither: their neurons are not counted. Throws InvalidInput when there is no
/// such layer. O(nodes + links).
[[nodiscard]] DegreeDistribution degree_distribution(const Network& network, DegreeSide side,
                                                     std::optional<std::size_t> layer = std::nullopt);

/// The degrees in the graph of mask `mask` alone (layer_graph): of its inputs the links out, of its outputs the links
/// in; those of a general network for its only mask. Throws InvalidInput when there is no such mask. O(nodes + links)
/// of that layer.
[[nodiscard]] DegreeDistribution mask_degree_distribution(const Network& network, std::size_t mask);

}  // namespace dnm
