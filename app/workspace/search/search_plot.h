// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "app/workspace/search/search_results.h"
#include "viz/scenes/parallel_scene.h"

namespace dnm {

/// The trials of a search in parallel coordinates: an axis for each varied parameter (of several forms of a value, a
/// part for each, in which their first number rises) and for each objective; the first objective as colour. Trials that
/// are not over are left out; those without the objective are faint. `marked`: a trial whose line stands out.
[[nodiscard]] ParallelPlot search_plot(const SearchPlan& plan, const SearchSpace& space, const SearchResults& results,
                                       std::optional<std::int64_t> marked = {});
/// The trials of its lines, in their order.
[[nodiscard]] std::vector<std::int64_t> plotted_trials(const SearchResults& results);

}  // namespace dnm
