// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/workspace/experiments/sweep.h"

namespace dnm {

/// The means of a sweep over its seeds as cells, below a row of headings: the values, N (networks of the point that are
/// there), and for each measure "0.742 ± 0.010" (mean and standard error), with " (N = 2)" where fewer networks have a
/// value, or "n/a".
[[nodiscard]] std::vector<std::vector<std::string>> sweep_cells(const Sweep& sweep);
/// Why there are values missing, one sentence for each measure and reason, with where: "γ n/a for 2 of 24 networks
/// (first at sparsity 0.99): fewer than two distinct degrees".
[[nodiscard]] std::vector<std::string> sweep_reasons(const Sweep& sweep);
/// "dnm 98-196-196, sparsity 0.5 to 0.99 (8 values), 3 seeds: 24 networks".
[[nodiscard]] std::string sweep_words(const Sweep& sweep);

/// The `dnm sweep` that makes it, without -o.
[[nodiscard]] std::string sweep_command_line(const SweepPlan& plan);

/// Those cells as a Markdown table, with what the sweep is of above it and the reasons below.
[[nodiscard]] std::string sweep_markdown(const Sweep& sweep, const std::string& command_line);
/// A line for each point: the values, N, and of each measure ID_mean, ID_se (standard error over the seeds), ID_n.
[[nodiscard]] std::string sweep_summary_csv(const Sweep& sweep);
/// {"varied": […], "seeds": […], "networks": n, "points": [{"values": {id: text}, "n": 3, "measures": {"L": {"mean",
/// "se", "n", "without", "reason"}}}]}; null for what there is not.
[[nodiscard]] std::string sweep_summary_json(const Sweep& sweep);

}  // namespace dnm
