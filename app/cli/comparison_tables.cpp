// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/comparison_tables.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "core/files/atomic_file.h"
#include "core/files/delimited_rows.h"
#include "core/support/error.h"

namespace dnm::cli {

namespace {

/// The rows of such a table (RFC 4180) that have a mean of the last epoch; of a damaged one, those before the damage.
std::size_t rows_with_figures(const std::string& csv, const std::filesystem::path& path) {
  constexpr std::size_t column_of_mean = 5;
  DelimitedRows table(csv, {.separator = ',', .comments_anywhere = false, .quotes_hold_line_ends = true}, path);
  std::size_t rows = 0;
  try {
    bool is_header = true;
    while (table.next()) {
      const auto fields = table.fields();
      const bool has_mean = fields.size() > column_of_mean && !fields[column_of_mean].empty();
      if (!std::exchange(is_header, false) && has_mean) ++rows;
    }
  } catch (const FileError&) {
    // a quote that is not closed
  }
  return rows;
}

}  // namespace

ComparisonTables::ComparisonTables(std::filesystem::path folder) : folder_(std::move(folder)) {
  const std::filesystem::path path = folder_ / "comparison.csv";
  std::ifstream file(path);
  kept_ =
      rows_with_figures(std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>()), path);
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
