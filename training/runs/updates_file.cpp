// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/updates_file.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>

#include "core/files/atomic_file.h"
#include "core/support/csv_cell.h"
#include "core/support/error.h"
#include "training/runs/run_file.h"
#include "training/runs/table_cells.h"

namespace dnm {
namespace {

constexpr std::string_view first_columns[] = {"seed", "update", "step", "epoch", "epochs_passed", "layer"};
constexpr std::size_t first_metric = std::size(first_columns);

std::string header() {
  std::string line;
  for (const std::string_view column : first_columns) line.append(line.empty() ? "" : ",").append(column);
  for (const UpdateMetric& metric : update_metric_table()) line.append(",").append(metric.id);
  return line + '\n';
}

/// Its lines, each with its end.
std::string lines_of(const UpdateResult& result) {
  const std::string start = std::to_string(result.seed) + ',' + std::to_string(result.update) + ',' +
                            std::to_string(result.step) + ',' + std::to_string(result.epoch) + ',' +
                            number_cell(MetricUnit::number, result.epochs_passed) + ',';
  std::string lines;
  for (std::size_t row = 0; row <= result.layers.size(); ++row) {
    lines += start + (row == 0 ? std::string(all_layers) : csv_cell(result.layers[row - 1]));
    for (const UpdateMetric& metric : update_metric_table()) {
      const auto value = row == 0 ? result.get(metric) : result.get(metric, row - 1);
      lines += ',';
      if (value) lines += number_cell(metric.unit, *value);
    }
    lines += '\n';
  }
  return lines;
}

std::vector<const UpdateMetric*> columns_of(std::string_view line) {
  std::vector<std::string_view> names;
  split_cells(line, names);
  std::vector<const UpdateMetric*> columns;
  if (names.size() <= first_metric || !std::ranges::equal(first_columns, std::span(names).first(first_metric))) {
    return columns;
  }
  for (std::size_t i = first_metric; i < names.size(); ++i) {
    const UpdateMetric* metric = find_update_metric(names[i]);
    if (metric != nullptr && std::ranges::find(columns, metric) != columns.end()) return {};
    columns.push_back(metric);
  }
  if (std::ranges::none_of(columns, [](const UpdateMetric* metric) { return metric != nullptr; })) columns.clear();
  return columns;
}

/// Takes a line into the last of the updates, or into a new one. False where it is damaged.
bool take_line(const std::vector<std::string_view>& cells, const std::vector<const UpdateMetric*>& columns,
               std::vector<UpdateResult>& updates) {
  UpdateResult start;
  if (cells.size() != first_metric + columns.size() || !parse_number(cells[0], start.seed) ||
      !parse_number(cells[1], start.update) || !parse_number(cells[2], start.step) ||
      !parse_number(cells[3], start.epoch) || !parse_number(cells[4], start.epochs_passed) || start.epoch < 1 ||
      !std::isfinite(start.epochs_passed)) {
    return false;
  }
  const bool is_first = cells[5] == all_layers;
  if (is_first) {
    if (!updates.empty() && start.update <= updates.back().update) return false;
    updates.push_back(std::move(start));
  } else {
    if (updates.empty() || start.update != updates.back().update) return false;
    updates.back().layers.emplace_back(cells[5]);
  }
  UpdateResult& result = updates.back();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    double value = 0.0;
    if (columns[i] == nullptr || cells[first_metric + i].empty()) continue;
    if (!parse_cell(columns[i]->unit, cells[first_metric + i], value)) return false;
    result.set(*columns[i], result.layers.size(), value);
  }
  return true;
}

}  // namespace

void UpdatesFile::begin(std::span<const UpdateResult> updates) {
  std::string lines = header();
  for (const UpdateResult& result : updates) lines += lines_of(result);
  file_.close();
  write_atomically(path_, lines);
  file_ = std::ofstream(path_, std::ios::app);
  check_written();
  updates_ = updates.size();
}

void UpdatesFile::add(std::span<const UpdateResult> updates) {
  if (updates_ == updates.size()) return;
  if (!file_ || !file_.is_open()) return begin(updates);
  for (const UpdateResult& result : updates.subspan(updates_)) file_ << lines_of(result);
  file_ << std::flush;
  check_written();
  updates_ = updates.size();
}

void UpdatesFile::check_written() const {
  if (!file_) throw cannot_write(path_);
}

std::vector<UpdateResult> read_updates(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) throw FileError("cannot read " + path.string() + "; it is empty or may not be read");
  const std::vector<const UpdateMetric*> columns = columns_of(line);
  if (columns.empty()) {
    throw FileError(path.string() + " is not a table of updates; move it away, and its run will write it again");
  }
  std::vector<UpdateResult> updates;
  std::vector<std::string_view> cells;
  for (std::size_t number = 2; std::getline(file, line); ++number) {
    if (file.eof()) break;  // without its line end: the run was killed while it wrote
    split_cells(line, cells);
    if (!take_line(cells, columns, updates)) {
      throw FileError("line " + std::to_string(number) + " of " + path.string() +
                      " is damaged; move the file away, and its run will write it again");
    }
  }
  // Every update has as many lines as the first.
  if (updates.size() > 1 && updates.back().layers.size() < updates.front().layers.size()) updates.pop_back();
  return updates;
}

}  // namespace dnm
