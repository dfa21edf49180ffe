// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/comparison_table.h"

#include <algorithm>
#include <cmath>

#include "app/cli/text.h"
#include "app/workspace/words.h"
#include "core/support/csv_cell.h"
#include "core/support/digits.h"

namespace dnm::cli {
namespace {

/// "mean,se".
std::string csv_cells(const std::vector<double>& accuracies) {
  if (accuracies.empty()) return ",";
  const MeanWithError accuracy = mean_with_error(accuracies);
  return with_decimals(accuracy.mean, 6) + "," +
         (std::isfinite(accuracy.standard_error) ? with_decimals(accuracy.standard_error, 6) : std::string());
}

std::string markdown_line(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) {
    line += " ";
    for (const char c : one_line(cell)) line += c == '|' ? std::string("\\|") : std::string(1, c);
    line += " |";
  }
  return line + "\n";
}

std::string markdown_head(const std::vector<std::string>& columns) {
  std::string rule = "|";
  for (std::size_t i = 0; i < columns.size(); ++i) rule += "---|";
  return markdown_line(columns) + rule + "\n";
}

}  // namespace

std::string comparison_csv(const ComparisonTable& table) {
  std::string csv =
      "row,label,validation_images,links,runs,last_mean,last_se,best_on_test_mean,best_on_test_se,"
      "at_best_validation_mean,at_best_validation_se,published,problem,command\n";
  for (const ComparedRuns& row : table.rows) {
    csv += row.id + "," + csv_cell(row.label) + "," + std::to_string(row.validation) + "," + std::to_string(row.links) +
           "," + std::to_string(row.accuracies.last.size()) + "," + csv_cells(row.accuracies.last) + "," +
           csv_cells(row.accuracies.best_on_test) + "," + csv_cells(row.accuracies.at_best_validation) + "," +
           (row.published ? with_decimals(*row.published / 100.0, 4) : "") + "," + csv_cell(row.problem) + "," +
           csv_cell(row.command) + "\n";
  }
  return csv;
}

std::string comparison_markdown(const ComparisonTable& table) {
  std::string text = "# Comparison of initialisers on " + table.data_set + "\n\nLayers ";
  text += layers_text(table.layer_sizes) + ", sparsity " + table.sparsity + ", " + std::to_string(table.epochs) +
          (table.epochs == 1 ? " epoch" : " epochs") + ", seeds " + table.seeds +
          ". Test accuracy in percent, mean ± standard error over the runs (one run: no error). Made by\n\n    " +
          table.command + "\n";
  const bool is_comparable =
      std::any_of(table.rows.begin(), table.rows.end(), [](const ComparedRuns& row) { return row.published; });
  std::int64_t group = -1;
  for (const ComparedRuns& row : table.rows) {
    const bool with_poster = is_comparable && row.validation == 0;
    if (row.validation != group) {
      group = row.validation;
      text += group == 0 ? "\n## All training images\n\n"
                         : "\n## " + with_commas(static_cast<std::uint64_t>(group)) +
                               " training images held out for validation\n\n";
      std::vector<std::string> columns{"initialiser", "links", "runs", "last epoch", "best on test"};
      if (group > 0) columns.emplace_back("at best validation");
      if (with_poster) columns.emplace_back("poster");
      text += markdown_head(columns);
    }
    std::vector<std::string> cells{row.label};
    if (row.problem.empty()) {
      cells.insert(cells.end(), {with_commas(row.links), std::to_string(row.accuracies.last.size()),
                                 accuracy_cell(row.accuracies.last), accuracy_cell(row.accuracies.best_on_test)});
    } else {
      cells.insert(cells.end(), {"", "", "failed: " + row.problem, ""});
    }
    if (group > 0) cells.push_back(accuracy_cell(row.accuracies.at_best_validation));
    if (with_poster) cells.push_back(row.published ? with_decimals(*row.published, 2) : "");
    text += markdown_line(cells);
  }
  if (is_comparable) {
    text +=
        "\nPoster: static training on Fashion-MNIST at 99 % sparsity, the best epoch on test; its one figure for the "
        "DNM, 89.19 ± 0.01, is that of the best setting of its own search.\n";
  }
  text += "\n## Each row by itself\n\n";
  for (const ComparedRuns& row : table.rows) text += "    " + row.command + "\n";
  return text;
}

}  // namespace dnm::cli
