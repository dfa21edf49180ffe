// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/updates_file.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "core/files/atomic_file.h"
#include "core/support/csv_cell.h"
#include "core/support/error.h"
#include "training/runs/run_file.h"
#include "training/runs/table_cells.h"

namespace dnm {
namespace {

constexpr std::string_view before_ending = "_before", after_ending = "_after";

/// "itop"; of the values of the leading metric "test_accuracy_before" and "test_accuracy_after".
std::string column_of(const UpdateMetric& metric, const Metric& leading) {
  if (!metric.is_leading) return std::string(metric.id);
  return std::string(leading.id).append(metric.of_update != nullptr ? before_ending : after_ending);
}

/// Null where no metric has such a column.
const UpdateMetric* metric_of(std::string_view column) {
  for (const UpdateMetric& metric : update_metric_table()) {
    const std::string_view ending = metric.of_update != nullptr ? before_ending : after_ending;
    if (metric.is_leading ? column.ends_with(ending) && column != "links_before" : column == metric.id) return &metric;
  }
  return nullptr;
}

std::string header(const Metric& leading) {
  std::string line = "update,t,layer";
  for (const UpdateMetric& metric : update_metric_table()) line.append(",").append(column_of(metric, leading));
  return line + ",epoch,epochs_passed,seed\n";
}

/// Its lines, each with its end.
std::string lines_of(const UpdateResult& result) {
  const std::string start = std::to_string(result.update) + ',' + std::to_string(result.step) + ',';
  const std::string end = ',' + std::to_string(result.epoch) + ',' +
                          number_cell(MetricUnit::number, result.epochs_passed) + ',' + std::to_string(result.seed) +
                          '\n';
  std::string lines;
  for (std::size_t row = 0; row <= result.layers.size(); ++row) {
    lines += start + (row == 0 ? std::string(all_layers) : csv_cell(result.layers[row - 1]));
    for (const UpdateMetric& metric : update_metric_table()) {
      const auto value = row == 0 ? result.get(metric) : result.get(metric, row - 1);
      lines += ',';
      if (value) lines += number_cell(metric.unit, *value);
    }
    lines += end;
  }
  return lines;
}

/// Where the cells of a line stand.
struct Columns {
  std::size_t update = 0, step = 0, layer = 0, epoch = 0, epochs_passed = 0, seed = 0;
  std::vector<const UpdateMetric*> metrics;  ///< by place; null: none
};

/// Nothing where the line is not the header of such a table.
std::optional<Columns> columns_of(std::string_view line) {
  std::vector<std::string_view> names;
  split_cells(line, names);
  Columns columns;
  for (const std::string_view name : names) {
    const UpdateMetric* metric = metric_of(name);
    if (metric != nullptr && std::ranges::find(columns.metrics, metric) != columns.metrics.end()) return std::nullopt;
    columns.metrics.push_back(metric);
  }
  if (std::ranges::all_of(columns.metrics, [](const UpdateMetric* metric) { return metric == nullptr; })) return {};
  const auto find = [&](std::string_view name, std::size_t& place) {
    place = static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
    return place < names.size();
  };
  const bool has_step = find("t", columns.step) || find("step", columns.step);  // "step": its former name
  const bool is_whole = has_step && find("update", columns.update) && find("layer", columns.layer) &&
                        find("epoch", columns.epoch) && find("epochs_passed", columns.epochs_passed) &&
                        find("seed", columns.seed);
  return is_whole ? std::optional(std::move(columns)) : std::nullopt;
}

/// Takes a line into the last of the updates, or into a new one. False where it is damaged.
bool take_line(const std::vector<std::string_view>& cells, const Columns& columns, std::vector<UpdateResult>& updates) {
  UpdateResult start;
  if (cells.size() != columns.metrics.size() || !parse_number(cells[columns.seed], start.seed) ||
      !parse_number(cells[columns.update], start.update) || !parse_number(cells[columns.step], start.step) ||
      !parse_number(cells[columns.epoch], start.epoch) ||
      !parse_number(cells[columns.epochs_passed], start.epochs_passed) || start.epoch < 1 ||
      !std::isfinite(start.epochs_passed)) {
    return false;
  }
  const std::string_view layer = cells[columns.layer];
  if (layer == all_layers) {
    if (!updates.empty() && start.update <= updates.back().update) return false;
    updates.push_back(std::move(start));
  } else {
    if (updates.empty() || start.update != updates.back().update) return false;
    updates.back().layers.emplace_back(layer);
  }
  UpdateResult& result = updates.back();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    double value = 0.0;
    if (columns.metrics[i] == nullptr || cells[i].empty()) continue;
    if (!parse_cell(columns.metrics[i]->unit, cells[i], value)) return false;
    result.set(*columns.metrics[i], result.layers.size(), value);
  }
  return true;
}

}  // namespace

void UpdatesFile::begin(std::span<const UpdateResult> updates) {
  std::string lines = header(*leading_);
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
  const std::optional<Columns> columns = columns_of(line);
  if (!columns) {
    throw FileError(path.string() + " is not a table of updates; move it away, and its run will write it again");
  }
  std::vector<UpdateResult> updates;
  std::vector<std::string_view> cells;
  for (std::size_t number = 2; std::getline(file, line); ++number) {
    if (file.eof()) break;  // without its line end: the run was killed while it wrote
    split_cells(line, cells);
    if (!take_line(cells, *columns, updates)) {
      throw FileError("line " + std::to_string(number) + " of " + path.string() +
                      " is damaged; move the file away, and its run will write it again");
    }
  }
  // Every update has as many lines as the first.
  if (updates.size() > 1 && updates.back().layers.size() < updates.front().layers.size()) updates.pop_back();
  return updates;
}

}  // namespace dnm
