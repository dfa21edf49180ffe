// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "core/parameters/look_up.h"
#include "training/metrics/update_metric.h"

namespace dnm {
namespace {

using Value = std::optional<double>;

template <std::uint64_t StageCounts::*stage>
Value count(const LinkFacts& facts) {
  return static_cast<double>(facts.counts.*stage);
}

/// A number that the rule named.
Value rule_number(const UpdateFacts& facts, std::string_view name) {
  const auto found = std::ranges::find(facts.event.numbers, name, &RuleNumber::name);
  return found == facts.event.numbers.end() ? Value() : Value(found->value);
}

constexpr UpdateMetric metrics[] = {
    {.id = "links",
     .label = "links",
     .tag = "rewiring/links",
     .meaning = "Links after the update.",
     .of_links = [](const LinkFacts& facts) -> Value { return static_cast<double>(facts.links); }},
    {.id = "pruned",
     .label = "pruned",
     .tag = "rewiring/pruned",
     .meaning = "Links that a falling density took for good.",
     .chart = "rewired-links",
     .of_links = count<&StageCounts::pruned>},
    {.id = "removed",
     .label = "removed",
     .tag = "rewiring/removed",
     .meaning = "Links that were removed, to be grown elsewhere.",
     .chart = "rewired-links",
     .of_links = count<&StageCounts::removed>},
    {.id = "chain_removed",
     .label = "dead ends",
     .tag = "rewiring/chain_removed",
     .meaning = "Links that were removed because they lay on no path through the layers.",
     .chart = "rewired-links",
     .of_links = count<&StageCounts::chain_removed>},
    {.id = "regrown",
     .label = "grown",
     .tag = "rewiring/regrown",
     .meaning = "Links that grew.",
     .of_links = count<&StageCounts::regrown>},
    {.id = "regrown_again",
     .label = "grown again",
     .tag = "rewiring/regrown_again",
     .meaning = "Links that grew where the same update had removed them, dead ends included.",
     .chart = "rewired-links",
     .of_links = count<&StageCounts::regrown_again>},
    {.id = "itop",
     .label = "ITOP rate",
     .tag = "rewiring/itop",
     .meaning = "Share of the cells that have ever had a link, the start and this update included.",
     .unit = MetricUnit::fraction,
     .chart = "exploration",
     .of_links = [](const LinkFacts& facts) { return facts.exploration; }},
    {.id = "active_neurons",
     .label = "active neurons",
     .tag = "rewiring/active_neurons",
     .meaning = "Share of the neurons with a link after the update: inputs of each sparse layer, outputs of the last.",
     .unit = MetricUnit::fraction,
     .chart = "neurons",
     .of_update = [](const UpdateFacts& facts) { return facts.active_neurons; }},
    {.id = "zeta",
     .label = "ζ",
     .tag = "rewiring/zeta",
     .meaning = "Fraction of its links that each layer was to lose.",
     .unit = MetricUnit::number,
     .of_update = [](const UpdateFacts& facts) { return rule_number(facts, "zeta"); }},
    {.id = "tau",
     .label = "τ",
     .tag = "rewiring/tau",
     .meaning = "Exponent of the score by which links were drawn to stay.",
     .unit = MetricUnit::number,
     .of_update = [](const UpdateFacts& facts) { return rule_number(facts, "tau"); }},
    {.id = "seconds",
     .label = "time",
     .tag = "rewiring/seconds",
     .meaning = "Wall time of the update, evaluation not counted.",
     .unit = MetricUnit::seconds,
     .of_update = [](const UpdateFacts& facts) -> Value { return facts.event.seconds; }},
    {.id = "leading_before",
     .label = "before updates",
     .tag = "rewiring/leading_before",
     .meaning = "The task's leading metric right before an update that ends an epoch.",
     .unit = MetricUnit::number,
     .is_leading = true,
     .of_update = [](const UpdateFacts& facts) { return facts.event.leading_before; }},
    {.id = "leading_after",
     .label = "after updates",
     .tag = "rewiring/leading_after",
     .meaning = "The same right after it, which is that of the epoch.",
     .unit = MetricUnit::number,
     .is_leading = true},
};

constexpr std::array charts{MetricChart{"rewired-links", "Rewired links"}, MetricChart{"exploration", "Exploration"},
                            MetricChart{"neurons", "Neurons"}};

}  // namespace

std::span<const UpdateMetric> update_metric_table() { return metrics; }

std::size_t metric_index(const UpdateMetric& metric) { return static_cast<std::size_t>(&metric - metrics); }

const UpdateMetric* find_update_metric(std::string_view id) { return find_row(metrics, id); }

const UpdateMetric& update_metric(std::string_view id) { return look_up(metrics, id, "metric of updates"); }

MetricUnit unit_of(const UpdateMetric& metric, const Metric& leading) {
  return metric.is_leading ? leading.unit : metric.unit;
}

std::string_view chart_of(const UpdateMetric& metric, const Metric& leading) {
  // The value after it lies on the curve of the epochs.
  if (metric.is_leading) return metric.of_update != nullptr ? leading.chart : std::string_view();
  return metric.chart;
}

std::span<const MetricChart> update_charts() { return charts; }

}  // namespace dnm
