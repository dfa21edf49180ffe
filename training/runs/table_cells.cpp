// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/table_cells.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "training/metrics/metric_value.h"

namespace dnm {

std::string number_cell(MetricUnit unit, double value) {
  if (std::isnan(value)) return {};
  if (unit == MetricUnit::count) return std::to_string(static_cast<std::uint64_t>(value));
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

bool parse_cell(MetricUnit unit, std::string_view text, double& value) {
  value = std::numeric_limits<double>::quiet_NaN();
  if (text.empty()) return true;
  if (unit != MetricUnit::count) {
    return parse_number(text, value) && is_possible_value(unit, value) &&
           (unit != MetricUnit::fraction || !std::isnan(value));
  }
  std::uint64_t count = 0;
  const bool whole = parse_number(text, count);
  value = static_cast<double>(count);
  return whole && is_possible_value(unit, value);
}

void split_cells(std::string_view line, std::vector<std::string_view>& cells) {
  cells.clear();
  for (std::size_t start = 0; start <= line.size();) {
    const std::size_t end = std::min(line.find(',', start), line.size());
    cells.push_back(line.substr(start, end - start));
    start = end + 1;
  }
}

}  // namespace dnm
