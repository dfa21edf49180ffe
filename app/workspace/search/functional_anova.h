// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/network/random.h"

// How much of a function's variance each of its parameters explains alone, by regression trees (Hutter, Hoos and
// Leyton-Brown, ICML 2014, "An efficient approach for assessing hyperparameter importance").
namespace dnm {

/// A part of the unit cube on which a tree has one value.
struct TreeLeaf {
  std::vector<double> lower, upper;  ///< by axes
  double value = 0.0;
};

/// Grows a tree on so many examples, drawn with replacement: splits where the squared error falls most, among a random
/// five sixths of the axes, and stops at `least` examples. The leaves fill the unit cube. At least one example; points
/// within it, all with as many axes. O(examples · log² examples · axes).
[[nodiscard]] std::vector<TreeLeaf> grow_tree(std::span<const std::vector<double>> points,
                                              std::span<const double> values, std::size_t least, Random& random);

/// Over the uniform distribution on the cube: the variance of the tree, and that of its mean over all axes but those of
/// a group. O(leaves) and O(leaves² · axes).
[[nodiscard]] double tree_variance(std::span<const TreeLeaf> leaves);
[[nodiscard]] double group_variance(std::span<const TreeLeaf> leaves, const std::vector<bool>& in_group);

/// The share of the variance that each group of axes explains alone, as mean over the trees of a forest; what is left
/// to 1 belongs to groups together. `group_of`: of each axis, from 0. Zeros where all values are the same.
[[nodiscard]] std::vector<double> main_effects(std::span<const std::vector<double>> points,
                                               std::span<const double> values, std::span<const std::size_t> group_of,
                                               std::size_t groups, std::uint64_t seed);

}  // namespace dnm
