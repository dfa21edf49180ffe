// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "core/network/network.h"
#include "core/parameters/parameter.h"
#include "core/support/task_control.h"

namespace dnm {

/// How likely a missing link of a bipartite layer is, by the paths of three links that join its two neurons
/// (Cannistraci-Hebb network automata; Zhang et al., arXiv:2501.19107; manual: methods/rewiring, "Cannistraci-Hebb
/// scores").
enum class LinkScore : std::uint8_t { ch2_l3n, ch3_l3n, ch3_l3p };

/// In the order of the enumerators.
[[nodiscard]] std::span<const Choice> link_score_choices();

/// How scores are computed; the values agree to rounding.
enum class ScoreMethod : std::uint8_t {
  automatic,  ///< the faster one, where its memory is there
  paths,    ///< walks all paths of three links: O(links · degree²) time, O(n_in + n_out + links) memory, and at most
            ///< 200 MB besides where they are free
  products  ///< dense matrix products: O(n_in · n_out · (n_in + n_out)) time, O(n_in · (n_in + n_out)) memory
};

/// Takes the n_in scores of the cells of one output neuron: 0 where there is a link, and where no path of three links
/// leads.
using UseRowScores = std::function<void(NodeIndex output, std::span<const double> scores)>;

/// Scores all missing links of a layer, one output neuron after the other. Sums are in double and in a fixed order.
/// `products` is for CH2-L3n and CH3-L3n alone (CH3-L3p is no product of matrices) and is ignored for CH3-L3p. Throws
/// ResourceError when the memory of `products` is asked for and is not there; Cancelled.
void score_missing_links(const Mask& mask, LinkScore score, const UseRowScores& use, const TaskControl& control,
                         ScoreMethod method = ScoreMethod::automatic);

}  // namespace dnm
