// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/workspace/experiments/sweep.h"
#include "viz/scenes/chart_scene.h"
#include "viz/scenes/heat_map_scene.h"

namespace dnm {

/// The pictures of a sweep: one for each measure.
struct SweepPictures {
  std::vector<Chart> charts{};  ///< of one varied parameter: mean over the seeds with a band of ± one standard error
  std::vector<HeatMap> maps{};  ///< of two: means; the first parameter upwards, the second to the right
};
/// As far as the sweep is there. Numbers have an axis of their own, linear or logarithmic (is_logarithmic()), on which
/// points are joined; other values stand side by side. O(points · seeds · measures).
[[nodiscard]] SweepPictures sweep_pictures(const Sweep& sweep);
/// Where point `point` stands on the x axis of these charts.
[[nodiscard]] std::vector<double> sweep_places(const VariedParameter& varied);

/// What stands below the pointer: "sparsity 0.9", and "L: 5.593 ± 0.012 (N = 3)" or "γ: n/a, fewer than …" for each
/// measure.
struct SweepWords {
  std::string point;
  std::vector<std::pair<std::string, std::string>> measures;  ///< symbol and value
};
[[nodiscard]] SweepWords words_of_point(const Sweep& sweep, std::size_t point);

}  // namespace dnm
