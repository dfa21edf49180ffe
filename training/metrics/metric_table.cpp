// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "core/parameters/look_up.h"
#include "training/metrics/metric.h"
#include "training/metrics/metric_value.h"
#include "training/metrics/translation_metrics.h"
#include "training/tasks/task_ids.h"

namespace dnm {
namespace {

using enum MetricDirection;
using Value = std::optional<double>;

double mean_loss(const BatchSums& sums) { return sums.loss / static_cast<double>(sums.examples); }
double accuracy(const BatchSums& sums) {
  return static_cast<double>(sums.correct) / static_cast<double>(sums.examples);
}

constexpr std::array first_metrics{
    Metric{.id = "train_loss",
           .label = "Training loss",
           .line_label = "loss",
           .tag = "loss/train",
           .meaning = "Mean loss of the training examples as their steps saw them, each before its step.",
           .unit = MetricUnit::nats,
           .direction = lower_is_better,
           .split = Split::train,
           .chart = "loss",
           .compute = [](const EpochFacts& facts) -> Value { return mean_loss(facts.train); }},
    Metric{.id = "train_accuracy",
           .label = "Training accuracy",
           .line_label = "train",
           .tag = "accuracy/train",
           .meaning = "Fraction of the training examples classified correctly as their steps saw them.",
           .direction = higher_is_better,
           .split = Split::train,
           .chart = "accuracy",
           .tasks = classification_tasks,
           .compute = [](const EpochFacts& facts) -> Value { return accuracy(facts.train); }},
    Metric{.id = "test_accuracy",
           .label = "Test accuracy",
           .line_label = "test",
           .tag = "accuracy/test",
           .meaning = "Fraction of the test examples classified correctly at the end of the epoch.",
           .direction = higher_is_better,
           .split = Split::test,
           .chart = "accuracy",
           .tasks = classification_tasks,
           .compute = [](const EpochFacts& facts) -> Value { return accuracy(facts.test); }},
    Metric{.id = "validation_accuracy",
           .label = "Validation accuracy",
           .line_label = "validation",
           .tag = "accuracy/validation",
           .meaning = "Fraction of the examples held out that are classified correctly at the end of the epoch.",
           .direction = higher_is_better,
           .split = Split::validation,
           .chart = "accuracy",
           .optional = true,
           .tasks = classification_tasks,
           .compute =
               [](const EpochFacts& facts) { return facts.validation ? Value(accuracy(*facts.validation)) : Value(); }},
};

constexpr std::array last_metrics{
    Metric{.id = "links",
           .label = "Links",
           .line_label = "links",
           .tag = "links",
           .meaning = "Links at the end of the epoch, the dense classifier's not counted.",
           .unit = MetricUnit::count,
           .in_line = false,
           .compute = [](const EpochFacts& facts) -> Value { return static_cast<double>(facts.links); }},
    Metric{.id = "seconds",
           .label = "Time",
           .line_label = "",
           .tag = "seconds",
           .meaning = "Wall time of the epoch, evaluation included.",
           .unit = MetricUnit::seconds,
           .direction = lower_is_better,
           .compute = [](const EpochFacts& facts) -> Value { return facts.seconds; }},
};

/// One table of the rows of several.
template <std::size_t... sizes>
constexpr auto joined(const std::array<Metric, sizes>&... parts) {
  std::array<Metric, (sizes + ...)> made{};
  std::size_t place = 0;
  (std::for_each(parts.begin(), parts.end(), [&](const Metric& row) { made[place++] = row; }), ...);
  return made;
}

constexpr auto metrics = joined(first_metrics, translation_metrics, last_metrics);

constexpr MetricChart charts[] = {
    {"accuracy", "Accuracy"}, {"loss", "Loss"}, {"perplexity", "Perplexity"}, {"bleu", "BLEU"}};

}  // namespace

std::span<const Metric> metric_table() { return metrics; }

std::size_t metric_index(const Metric& metric) { return static_cast<std::size_t>(&metric - metrics.data()); }

bool is_possible_value(MetricUnit unit, double value) {
  if (std::isnan(value)) return true;
  switch (unit) {
    case MetricUnit::fraction:
      return value >= 0.0 && value <= 1.0;
    case MetricUnit::count:
      return value >= 0.0 && value < 9007199254740992.0;
    case MetricUnit::nats:
    case MetricUnit::seconds:
    case MetricUnit::number:
      break;
  }
  return true;
}

const Metric* find_metric(std::string_view id) { return find_row(metrics, id); }

const Metric& metric(std::string_view id) { return look_up(metrics, id, "metric"); }

std::span<const MetricChart> metric_charts() { return charts; }

}  // namespace dnm
