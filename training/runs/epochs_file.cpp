// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/epochs_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <span>
#include <string_view>
#include <system_error>
#include <vector>

#include "core/support/error.h"
#include "training/metrics/metric_value.h"

namespace dnm {
namespace {

constexpr std::string_view first_columns[] = {"seed", "epoch"};
constexpr std::size_t first_metric = std::size(first_columns);

void split(std::string_view line, std::vector<std::string_view>& cells) {
  cells.clear();
  for (std::size_t start = 0; start <= line.size();) {
    const std::size_t end = std::min(line.find(',', start), line.size());
    cells.push_back(line.substr(start, end - start));
    start = end + 1;
  }
}

template <class Number>
bool parse(std::string_view text, Number& number) {
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
}

bool parse_value(const Metric& metric, std::string_view text, double& value) {
  if (metric.unit != MetricUnit::count) {
    return parse(text, value) && is_possible_value(metric, value) &&
           (metric.unit != MetricUnit::fraction || !std::isnan(value));
  }
  std::uint64_t count = 0;
  const bool whole = parse(text, count);
  value = static_cast<double>(count);
  return whole && is_possible_value(metric, value);
}

/// The metrics of a header's columns after the first two, null for one that is not known; empty for no table of epochs.
std::vector<const Metric*> columns_of(std::string_view header) {
  std::vector<std::string_view> names;
  split(header, names);
  std::vector<const Metric*> columns;
  if (names.size() <= first_metric || !std::ranges::equal(first_columns, std::span(names).first(first_metric))) {
    return columns;
  }
  bool any_known = false;
  for (std::size_t i = first_metric; i < names.size(); ++i) {
    const Metric* metric = find_metric(names[i]);
    if (metric && std::ranges::find(columns, metric) != columns.end()) return {};
    any_known = any_known || metric;
    columns.push_back(metric);
  }
  if (!any_known) columns.clear();
  return columns;
}

bool parse_line(const std::vector<std::string_view>& cells, const std::vector<const Metric*>& columns,
                EpochResult& result) {
  if (cells.size() != first_metric + columns.size() || !parse(cells[0], result.seed) ||
      !parse(cells[1], result.epoch) || result.epoch < 1) {
    return false;
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string_view cell = cells[first_metric + i];
    double value = 0.0;
    if (!columns[i] || cell.empty()) continue;
    if (!parse_value(*columns[i], cell, value)) return false;
    result.values.set(*columns[i], value);
  }
  return true;
}

}  // namespace

std::string epochs_header(const TaskMetrics& metrics) {
  std::string header = "seed,epoch";
  for (const Metric* metric : metrics.all) header += "," + std::string(metric->id);
  return header;
}

std::string epochs_line(const TaskMetrics& metrics, const EpochResult& result) {
  std::string line = std::to_string(result.seed) + ',' + std::to_string(result.epoch);
  for (const Metric* metric : metrics.all) line += ',' + metric_cell(*metric, result.values);
  return line;
}

std::string metric_cell(const Metric& metric, const MetricValues& values) {
  const auto value = values.get(metric);
  if (!value) return {};
  if (metric.unit == MetricUnit::count) return std::to_string(static_cast<std::uint64_t>(*value));
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), *value).ptr};
}

RunHistory read_epochs(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) throw FileError("cannot read " + path.string() + "; it is empty or may not be read");
  const std::vector<const Metric*> columns = columns_of(line);
  if (columns.empty()) {
    throw FileError(path.string() + " is not a table of epochs; give a folder that dnm train --run-dir has written");
  }
  RunHistory history;
  std::vector<std::string_view> cells;
  for (std::size_t number = 2; std::getline(file, line); ++number) {
    if (file.eof()) break;  // without its line end: the run was killed while it wrote
    EpochResult result;
    split(line, cells);
    if (!parse_line(cells, columns, result) || (!history.empty() && result.epoch <= history.back().epoch)) {
      throw FileError("line " + std::to_string(number) + " of " + path.string() +
                      " is damaged; take the line out, or the folder from the list");
    }
    history.push_back(std::move(result));
  }
  return history;
}

}  // namespace dnm
