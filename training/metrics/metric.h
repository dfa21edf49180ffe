// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "training/layers/batch_sums.h"
#include "training/layers/score_tile.h"

namespace dnm {

/// What a run knows when an epoch has ended, whatever its task.
struct EpochFacts {
  BatchSums train{};                      ///< as the steps saw the examples, each before its step
  BatchSums test{};                       ///< all test examples at the end of the epoch, unchanged and without dropout
  std::optional<BatchSums> validation{};  ///< likewise, of the examples held out
  std::uint64_t links = 0;                ///< at the end of the epoch, the dense classifier's not counted
  double seconds = 0.0;                   ///< wall time of the epoch, evaluation included
  std::optional<double> test_bleu{};      ///< of a task that translates: of the hypotheses of its test part
  std::optional<double> validation_bleu{};  ///< likewise
};

enum class MetricUnit {
  fraction,  ///< in [0, 1], shown in per cent
  nats,
  count,  ///< a whole number, below 2^53
  seconds,
  number  ///< any other
};
enum class MetricDirection { higher_is_better, lower_is_better, neither };
/// The part of the data that a metric is measured on, in the order in which a chart draws them.
enum class Split { test, validation, train, none };

/// One row of the table of metrics. epochs.csv, the TensorBoard events, JSON, the checkpoint's history, curves and
/// tables are made from it.
struct Metric {
  std::string_view id;          ///< column of epochs.csv and key in JSON: "test_accuracy"
  std::string_view label;       ///< "Test accuracy"
  std::string_view line_label;  ///< before its value in a line of text; may be empty
  std::string_view tag;         ///< of TensorBoard: "accuracy/test"
  std::string_view meaning;     ///< one sentence
  MetricUnit unit = MetricUnit::fraction;
  MetricDirection direction = MetricDirection::neither;
  Split split = Split::none;
  std::string_view chart{};  ///< id of the chart that draws it; empty: none
  bool optional = false;     ///< missing where nothing is held out
  bool in_line = true;       ///< stands in the line that a training prints for each epoch
  std::string_view tasks{};  ///< ids of the tasks that have it, separated by spaces; empty: every task
  /// Either computed from what every run knows …
  std::optional<double> (*compute)(const EpochFacts&) = nullptr;
  /// … or from the scores of the examples of its split (test or validation): the sum over those of a tile, whose mean
  /// over the split is the value.
  double (*of_scores)(const ScoreTile&) = nullptr;
};
/// In the order of the columns. A new metric is one row of it.
[[nodiscard]] std::span<const Metric> metric_table();
/// Its place in the table.
[[nodiscard]] std::size_t metric_index(const Metric& metric);
/// Null when there is no metric of that id.
[[nodiscard]] const Metric* find_metric(std::string_view id);
/// Throws InvalidInput with "did you mean" for an unknown id.
[[nodiscard]] const Metric& metric(std::string_view id);

/// A picture that draws metrics over the epochs.
struct MetricChart {
  std::string_view id;     ///< "accuracy"
  std::string_view label;  ///< "Accuracy"
};
/// From left to right.
[[nodiscard]] std::span<const MetricChart> metric_charts();

}  // namespace dnm
