// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/epochs_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <span>
#include <string_view>
#include <vector>

#include "core/support/error.h"
#include "training/runs/table_cells.h"

namespace dnm {
namespace {

constexpr std::string_view first_columns[] = {"seed", "epoch"};
constexpr std::size_t first_metric = std::size(first_columns);

/// The metrics of a header's columns after the first two, null for one that is not known; empty for no table of epochs.
std::vector<const Metric*> columns_of(std::string_view header) {
  std::vector<std::string_view> names;
  split_cells(header, names);
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
  if (cells.size() != first_metric + columns.size() || !parse_number(cells[0], result.seed) ||
      !parse_number(cells[1], result.epoch) || result.epoch < 1) {
    return false;
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string_view cell = cells[first_metric + i];
    double value = 0.0;
    if (!columns[i] || cell.empty()) continue;
    if (!parse_cell(columns[i]->unit, cell, value)) return false;
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
  return number_cell(metric.unit, values[metric.id]);
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
    split_cells(line, cells);
    if (!parse_line(cells, columns, result) || (!history.empty() && result.epoch <= history.back().epoch)) {
      throw FileError("line " + std::to_string(number) + " of " + path.string() +
                      " is damaged; take the line out, or the folder from the list");
    }
    history.push_back(std::move(result));
  }
  return history;
}

}  // namespace dnm
