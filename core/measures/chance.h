// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <string>

#include "core/measures/measure.h"
#include "core/network/graph.h"
#include "core/network/random.h"
#include "core/support/task_control.h"

namespace dnm {

/// Switches attempted per link when a graph is randomised.
inline constexpr std::uint64_t switches_per_link = 10;

/// A random simple graph with the degrees of `graph`: two links (a, b) and (c, d) become (a, d) and (c, b) wherever
/// that creates neither a duplicate link nor a self-loop, 10 attempts per link (manual: methods/measures, "Comparison
/// with chance"). In a layered network both links lie between the same two layers, so that every neuron keeps its
/// number of links to the previous and to the next layer. Failed attempts count, which keeps all such graphs equally
/// likely (Milo, Kashtan, Itzkovitz, Newman and Alon, arXiv:cond-mat/0312028, 2003). O(links).
[[nodiscard]] Graph randomised_copy(const Graph& graph, Random& random, const TaskControl& control = {});

/// A measure of a network beside the same measure of its randomised copies.
struct ChanceComparison {
  int copies = 0;         ///< copies measured
  int without_value = 0;  ///< of these, how many had no value; mean and sd are over the others
  double mean = std::numeric_limits<double>::quiet_NaN();  ///< NaN when no copy had a value
  double sd = std::numeric_limits<double>::quiet_NaN();    ///< n - 1; NaN for fewer than two values
  std::optional<double> z{};                               ///< (value of the network - mean) / sd
  std::string reason{};                                    ///< why there is no z; empty when there is one

  /// Whether the value is compatible with chance: less than two standard deviations from the copies' mean.
  [[nodiscard]] bool is_what_chance_makes() const { return z && std::abs(*z) < 2.0; }
};

/// Called after every copy but the last, never while a lock is held.
using PartialChance = std::function<void(const ChanceComparison&)>;

/// Measures `copies` randomised copies of `graph` with the same settings (but without a p-value) and compares
/// `of_network`, the measurement of the graph itself, with them. Copy k is drawn from `settings.seed` and k alone; the
/// result does not depend on the number of threads. A measure that the degrees determine (γ) is the same in every copy,
/// and no copy is drawn. Nor is one drawn, and `reason` says why, for a network without a value or without two links to
/// switch, and for σ_c of a given removal set. Throws InvalidInput for fewer than two copies. Must run on the worker
/// that `measure.worker(settings)` names.
[[nodiscard]] ChanceComparison compare_with_chance(const Measure& measure, const Measurement& of_network,
                                                   const Graph& graph, const MeasureSettings& settings, int copies,
                                                   const TaskControl& control = {}, const PartialChance& partial = {});

}  // namespace dnm
