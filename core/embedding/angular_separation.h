// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/support/task_control.h"

namespace dnm {

/// Angular separation index, ASI (Muscoloni and Cannistraci, arXiv:1907.00025), on the circle. Only the circular order
/// of the nodes counts. The mistakes of a group are the nodes of other groups between its extremes: those in all gaps
/// between its neighbouring members except the widest. ASI = 1 - mistakes / mistakes in the worst case, both summed
/// over the groups, at least 0; as in the paper the worst case is the largest sum met among random permutations of the
/// nodes.
struct AngularSeparation {
  double index = 0.0;    ///< in [0, 1]; 1: every group has an arc of its own
  double p_value = 1.0;  ///< (1 + random permutations with an index at least as high) / (1 + permutations)
};

/// `groups` holds one number per angle (a layer or a community); groups of one are left out of the sums, but count as
/// mistakes of others. Nodes of equal angle are ordered by number. Empty for fewer than four nodes or two groups, and
/// where no permutation makes a mistake (groups of one beside a single larger one). The permutations follow from `seed`
/// and the sizes of the groups, so that embeddings of one network are compared with the same worst case, and do not
/// depend on the number of `threads` (0: all available). O(nodes · permutations). Throws Cancelled.
[[nodiscard]] std::optional<AngularSeparation> angular_separation(std::span<const double> theta,
                                                                  std::span<const std::int32_t> groups,
                                                                  int permutations = 1000, std::uint64_t seed = 0,
                                                                  unsigned threads = 0,
                                                                  const TaskControl& control = {});

}  // namespace dnm
