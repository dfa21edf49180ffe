// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viz/scenes/comparison_scene.h"

namespace dnm {

/// A comparison as a table: a row for each group, a column for each figure with its mean and, where all columns have
/// room, the standard error. The best of each column is bold; what is not of all runs and epochs has a mark. Rows get
/// smaller text where there are many; those there is no room for even so are counted.
[[nodiscard]] ComparisonPicture comparison_table(const Comparison& comparison, const ChartStyle& style);

}  // namespace dnm
