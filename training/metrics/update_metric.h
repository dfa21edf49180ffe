// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "training/metrics/metric.h"
#include "training/rewiring/topology_event.h"

namespace dnm {

/// What an update did to the links of one layer, or of all sparse layers together.
struct LinkFacts {
  std::uint64_t links = 0;  ///< after it
  StageCounts counts{};
  std::optional<double> exploration{};  ///< ITOP rate after it; none where earlier topologies were lost
};

/// What is known of an update as a whole.
struct UpdateFacts {
  const TopologyEvent& event;
  std::optional<double> active_neurons{};  ///< share after it; none where the topology was lost
};

/// One row of the table of metrics of an update of the topology, as Metric is of those of an epoch. updates.csv, the
/// TensorBoard events, JSON, sessions and curves are made from it.
struct UpdateMetric {
  std::string_view id;       ///< key in JSON and, but for values of the leading metric, column of updates.csv: "itop"
  std::string_view label;    ///< "ITOP rate", "active neurons"
  std::string_view tag;      ///< of TensorBoard, of all layers together: "rewiring/itop"
  std::string_view meaning;  ///< one sentence
  MetricUnit unit = MetricUnit::count;
  std::string_view chart{};  ///< id of the chart that draws it; empty: none
  /// A value of the task's leading metric: it is shown in that one's unit and chart.
  bool is_leading = false;
  /// Either computed for every layer, and for all of them together …
  std::optional<double> (*of_links)(const LinkFacts&) = nullptr;
  /// … or once an update. Neither: known only when its epoch is over (UpdateResult::complete).
  std::optional<double> (*of_update)(const UpdateFacts&) = nullptr;
};

/// In the order of the columns. A new metric is one row of it.
[[nodiscard]] std::span<const UpdateMetric> update_metric_table();
/// Its place in the table.
[[nodiscard]] std::size_t metric_index(const UpdateMetric& metric);
/// Null when there is no metric of that id.
[[nodiscard]] const UpdateMetric* find_update_metric(std::string_view id);
/// Throws InvalidInput with "did you mean" for an unknown id.
[[nodiscard]] const UpdateMetric& update_metric(std::string_view id);
/// The unit of its values in a task of this leading metric.
[[nodiscard]] MetricUnit unit_of(const UpdateMetric& metric, const Metric& leading);
/// The chart that draws it there; empty: none.
[[nodiscard]] std::string_view chart_of(const UpdateMetric& metric, const Metric& leading);

/// Charts that draw metrics of updates alone, from left to right.
[[nodiscard]] std::span<const MetricChart> update_charts();

}  // namespace dnm
