// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/measures/measure.h"
#include "core/models/model_parameters.h"
#include "core/parameters/varied_parameter.h"
#include "core/support/task_control.h"

namespace dnm {

/// What a sweep draws and measures: a network for each value of one varied parameter, or each pair of values of two,
/// under each seed.
struct SweepPlan {
  ModelParameters base{};                 ///< what is not varied; its seed does not count
  std::vector<VariedParameter> varied{};  ///< one or two rows of model_parameter_table(); the first changes slowest
  std::vector<std::uint64_t> seeds{};     ///< of the networks and of their measures
  std::vector<std::string> measures{};    ///< ids of measure_table(), each once
  MeasureSettings measuring{};            ///< seed and threads do not count
  bool operator==(const SweepPlan&) const = default;
};

/// The networks of one combination of values.
struct SweepPoint {
  std::vector<std::string> values{};  ///< one for each varied parameter, as on the command line
  ModelParameters parameters{};       ///< under the first seed
};

/// One measure of one network.
struct SweepValue {
  std::optional<double> value{};
  std::optional<double> standard_error{};  ///< of the measure itself, as σ_c has one
  std::string reason{};                    ///< why there is no value; empty when there is one
  bool operator==(const SweepValue&) const = default;
};

/// One network, measured.
struct SweepRow {
  std::uint64_t nodes = 0, links = 0;  ///< 0 nodes: there is no network, and each value tells why
  std::vector<SweepValue> values{};    ///< by SweepPlan::measures
  std::vector<std::string> notices{};  ///< of the network, for the user; not kept in files
  bool operator==(const SweepRow&) const = default;
};

/// A sweep with what is there of it.
struct Sweep {
  SweepPlan plan{};
  std::vector<SweepPoint> points{};             ///< in the order of the values, the last parameter fastest
  std::vector<std::optional<SweepRow>> rows{};  ///< of point p under seed s at p·seeds + s

  [[nodiscard]] std::size_t point_of(std::size_t row) const { return row / plan.seeds.size(); }
  [[nodiscard]] std::uint64_t seed_of(std::size_t row) const { return plan.seeds[row % plan.seeds.size()]; }
  /// Of one point, by seeds.
  [[nodiscard]] std::span<const std::optional<SweepRow>> rows_of(std::size_t point) const {
    return std::span(rows).subspan(point * plan.seeds.size(), plan.seeds.size());
  }
  [[nodiscard]] std::size_t missing() const;
};

/// The row of the model table that is varied; InvalidInput with "did you mean" for none, and for the seed.
[[nodiscard]] const ParameterInfo& varied_info(const VariedParameter& varied);

/// A sweep without rows. Throws InvalidInput where it cannot be: not one or two varied parameters, values that a row
/// does not take, a row that does not belong to the initialiser of a point, parameters that draw no network (the
/// message names the point), no seed, no measure, more than most_sweep_rows networks. O(points).
[[nodiscard]] Sweep make_sweep(SweepPlan plan);
inline constexpr std::size_t most_sweep_rows = 100000;

/// Draws and measures the network of one row, with so many threads (0: all available). Where it cannot be drawn or a
/// measure fails by what its parameters are (InvalidInput, NumericalError), the values tell why. Throws ResourceError,
/// FileError (data of an initialiser that learns from some), Cancelled.
[[nodiscard]] SweepRow measure_row(const Sweep& sweep, std::size_t row, unsigned threads, const TaskControl& control);

/// Measures the rows that are missing, `jobs` at once (0: one on each processor), and passes each to `take` in
/// ascending order, never two at once and never under a lock; what is passed does not depend on `jobs`. Reports the
/// finished fraction of all rows. `sweep` must outlive the call; its rows may be filled in by `take`. Throws as
/// measure_row().
void measure_missing(const Sweep& sweep, unsigned jobs, const TaskControl& control,
                     const std::function<void(std::size_t row, SweepRow measured)>& take);

/// Mean over the networks of a point that have a value, its standard error (sd with N-1, over sqrt N; NaN for one), and
/// how many they are; `reason`: of the first without a value. A count of 0 has no mean.
struct SweepMean {
  double mean = 0.0, error = 0.0;
  std::size_t count = 0, without = 0;
  std::string reason{};
};
[[nodiscard]] SweepMean mean_of(const Sweep& sweep, std::size_t point, std::size_t measure);

}  // namespace dnm
