// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/history_matrix.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/support/error.h"
#include "training/metrics/metric_value.h"

namespace dnm {
namespace {

constexpr std::string_view first_column = "epoch";

}  // namespace

std::size_t HistoryMatrix::width() const { return 1 + static_cast<std::size_t>(std::ranges::count(columns, ',')); }

HistoryMatrix history_matrix(const RunHistory& history, const TaskMetrics& metrics) {
  HistoryMatrix matrix{std::string(first_column), {}};
  for (const Metric* metric : metrics.all) matrix.columns += "," + std::string(metric->id);
  for (const EpochResult& result : history) {
    matrix.numbers.push_back(result.epoch);
    for (const Metric* metric : metrics.all) matrix.numbers.push_back(result.values[metric->id]);
  }
  return matrix;
}

RunHistory history_of(const HistoryMatrix& matrix, std::uint64_t seed) {
  const std::string_view columns = matrix.columns;
  std::size_t comma = columns.find(',');
  if (columns.substr(0, comma) != first_column || matrix.numbers.size() % matrix.width() != 0) {
    throw FileError("its history does not have the columns that it names");
  }
  std::vector<const Metric*> metrics;
  while (comma != std::string_view::npos) {
    const std::size_t next = columns.find(',', comma + 1);
    metrics.push_back(find_metric(columns.substr(comma + 1, next - comma - 1)));
    comma = next;
  }
  RunHistory history;
  for (std::size_t i = 0; i < matrix.numbers.size(); i += matrix.width()) {
    const double epoch = matrix.numbers[i];
    if (!(epoch >= 1.0 && epoch <= std::numeric_limits<int>::max())) {
      throw FileError("its history has an epoch that is none");
    }
    EpochResult result{seed, static_cast<int>(epoch)};
    for (std::size_t column = 0; column < metrics.size(); ++column) {
      if (metrics[column] == nullptr) continue;
      const double value = matrix.numbers[i + 1 + column];
      if (!is_possible_value(*metrics[column], value)) throw FileError("its history has a value that is out of range");
      result.values.set(*metrics[column], value);
    }
    history.push_back(std::move(result));
  }
  return history;
}

}  // namespace dnm
