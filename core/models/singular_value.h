// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/network.h"
#include "core/network/random.h"
#include "core/support/task_control.h"

namespace dnm {

/// The second largest singular value of a mask as a 0/1 matrix B (columns of a row in any order); 0 where one side has
/// a single neuron. The leading singular vector, which is not constant unless all degrees are equal, is found by power
/// iteration on BᵀB and projected out; the largest value left follows by Lanczos iteration. The result is a lower
/// bound, exact to a relative 1e-6, and to 1e-10 where that is needed to decide on which side of `threshold` it lies.
/// O(links) a step, 50 to 300 steps; memory O(neurons). The same on any number of threads. Throws Cancelled.
[[nodiscard]] double second_singular_value(const Mask& mask, double threshold, Random& random, unsigned threads,
                                           const TaskControl& control);

}  // namespace dnm
