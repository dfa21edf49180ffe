// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/comparison_tables.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "core/files/atomic_file.h"

namespace dnm::cli {

namespace {

/// The rows of such a table (RFC 4180) that have a mean of the last epoch.
std::size_t rows_with_figures(const std::string& csv) {
  constexpr std::size_t column_of_mean = 5;
  std::size_t rows = 0, column = 0, line = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < csv.size(); ++at) {
    const char letter = csv[at];
    if (letter == '"') {
      quoted = !quoted;
    } else if (!quoted && letter == '\n') {
      ++line;
      column = 0;
    } else if (!quoted && letter == ',' && ++column == column_of_mean && line > 0) {
      const char next = at + 1 < csv.size() ? csv[at + 1] : ',';
      if (next != ',' && next != '\n') ++rows;
    }
  }
  return rows;
}

}  // namespace

ComparisonTables::ComparisonTables(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::ifstream file(folder_ / "comparison.csv");
  kept_ = rows_with_figures(std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>()));
}

void ComparisonTables::write(const ComparisonReport& report) {
  const auto figures = static_cast<std::size_t>(std::ranges::count_if(
      report.rows, [](const ComparisonReport::Row& row) { return problem_of(row.experiment).empty(); }));
  if (figures >= kept_) write_all(report);
}

void ComparisonTables::write_all(const ComparisonReport& report) {
  kept_ = 0;
  write_atomically(folder_ / "comparison.csv", report_csv(report));
  write_atomically(folder_ / "comparison.md", report_markdown(report));
  write_atomically(folder_ / "comparison.tex", report_latex(report));
}

}  // namespace dnm::cli
