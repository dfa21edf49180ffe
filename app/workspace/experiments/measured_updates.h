// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/workspace/experiments/run_moments.h"
#include "core/network/graph.h"
#include "core/network/network.h"
#include "core/support/task_control.h"
#include "training/metrics/metric.h"

namespace dnm {

/// What can be measured of the network that an update has left. Add one: a row in measured_updates.cpp.
struct MeasuredQuantity {
  std::string_view id;       ///< column of measures.csv: "sigma_c"
  std::string_view label;    ///< "σ_c"
  std::string_view meaning;  ///< one sentence
  MetricUnit unit = MetricUnit::number;
  std::string_view chart;  ///< of measured_charts() or update_charts()
  /// Nothing where the network has no such value. Throws Cancelled.
  std::optional<double> (*compute)(const Network& network, const Graph& graph, const TaskControl& control) = nullptr;
};
/// In the order of the columns: L, Q, σ_c, γ, degree spread, dead neurons. The measures are those of measure_table(),
/// with fewer runs and draws than a single network gets, on one thread.
[[nodiscard]] std::span<const MeasuredQuantity> measured_quantities();
/// Charts that draw them alone, from left to right.
[[nodiscard]] std::span<const MetricChart> measured_charts();

/// The values after one update.
struct MeasuredUpdate {
  std::uint64_t update = 0;      ///< 0: as the run began
  std::vector<double> values{};  ///< by measured_quantities(); NaN for none
  bool operator==(const MeasuredUpdate& other) const;
};

/// In the run folder.
inline constexpr const char* measures_file_name = "measures.csv";
/// One group of matrices of a run after its updates.
struct MeasuredGroup {
  std::string matrices{};  ///< id of the group (matrix_group.h); empty: the chain of all
  std::vector<MeasuredUpdate> updates{};
  bool operator==(const MeasuredGroup&) const = default;
};
/// The values that a run folder has, group by group in the order of the file, each by update; none without the file.
/// The column "matrices" names the group, and is there where one has a name. What cannot be read is left out: it is
/// measured again.
[[nodiscard]] std::vector<MeasuredGroup> read_measures(const std::filesystem::path& folder);

/// A group of matrices after the updates of one run folder, measured one after the other. All of them are kept in
/// measures.csv, which is written whole after each. The run may go on meanwhile, in this or another program.
class MeasuredRun {
 public:
  /// Of the group of this id, or the first where the run has none of it.
  explicit MeasuredRun(std::filesystem::path folder, std::string matrices = {});

  /// The update to measure next: the newest, then the middle of the widest gap; nothing when all are there. Reads
  /// topology.bin where it has changed. Throws FileError, and InvalidInput for a run without matrices.
  [[nodiscard]] std::optional<std::uint64_t> next();
  /// One of those that next() has given. Throws Cancelled, and nothing is kept then; FileError; InvalidInput where the
  /// file has lost this update.
  void measure(std::uint64_t update, const TaskControl& control);
  /// By update; the group is known after next().
  [[nodiscard]] const MeasuredGroup& measured() const { return measured_; }
  /// How many there will be, the beginning included, as far as is known.
  [[nodiscard]] std::size_t in_all() const { return known_.size(); }

 private:
  std::filesystem::path folder_;
  MeasuredGroup measured_;
  std::unique_ptr<RunMoments> moments_;  ///< null before next()
  std::vector<std::uint64_t> known_;     ///< updates whose topology can be had; rising
};

}  // namespace dnm
