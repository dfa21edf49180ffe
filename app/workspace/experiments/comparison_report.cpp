// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/comparison_report.h"

#include <algorithm>
#include <cmath>

#include "app/workspace/words.h"
#include "core/support/csv_cell.h"
#include "core/support/digits.h"
#include "training/tasks/task_table.h"

namespace dnm {

namespace {

/// The figures of a row: none where a run failed.
RunSummary figures_of(const Experiment& experiment) {
  return problem_of(experiment).empty() ? summary_of(experiment) : RunSummary{metrics_of(experiment).leading};
}

/// At the end of its last run that has completed an epoch; the classifier's are not counted.
std::uint64_t links_of(const Experiment& experiment) {
  std::uint64_t links = 0;
  for (const ExperimentRun& run : experiment.runs) {
    if (!run.epochs.empty()) links = static_cast<std::uint64_t>(run.epochs.back().values["links"]);
  }
  return links;
}

/// "mean,se".
std::string csv_cells(const std::vector<double>& values) {
  if (values.empty()) return ",";
  const auto [mean, error, count] = mean_with_error(values);
  return with_decimals(mean, 6) + "," + (std::isfinite(error) ? with_decimals(error, 6) : std::string());
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

std::string report_csv(const ComparisonReport& report) {
  std::string csv =
      "row,label,validation_images,links,runs,last_mean,last_se,best_on_test_mean,best_on_test_se,"
      "at_best_validation_mean,at_best_validation_se,published,problem,command\n";
  for (const ComparisonReport::Row& row : report.rows) {
    const Experiment& experiment = row.experiment;
    const RunSummary figures = figures_of(experiment);
    csv += row.id + "," + csv_cell(experiment.name) + "," + std::to_string(experiment.start.training.validation) + "," +
           std::to_string(links_of(experiment)) + "," + std::to_string(figures.last.size()) + "," +
           csv_cells(figures.last) + "," + csv_cells(figures.best_on_test) + "," +
           csv_cells(figures.at_best_validation) + "," +
           (row.published ? with_decimals(*row.published / 100.0, 4) : "") + "," + csv_cell(problem_of(experiment)) +
           "," + csv_cell(experiment.command_line) + "\n";
  }
  return csv;
}

std::string report_markdown(const ComparisonReport& report) {
  const TrainingSettings usual;
  const Metric& leading =
      *metrics_of(report.rows.empty() ? usual : report.rows.front().experiment.start.training).leading;
  std::string text =
      "# Comparison of initialisers on " + report.data_set + "\n\nLayers " + layers_text(report.layer_sizes) +
      ", sparsity " + report.sparsity + ", " + std::to_string(report.epochs) +
      (report.epochs == 1 ? " epoch" : " epochs") + ", seeds " + report.seeds + ". " + std::string(leading.label) +
      (leading.unit == MetricUnit::fraction ? " in percent" : "") +
      ", mean ± standard error over the runs (one run: no error). Made by\n\n    " + report.command + "\n";
  const bool is_comparable =
      std::any_of(report.rows.begin(), report.rows.end(), [](const auto& row) { return row.published.has_value(); });
  std::int64_t section = -1;
  for (const ComparisonReport::Row& row : report.rows) {
    const Experiment& experiment = row.experiment;
    const std::int64_t validation = experiment.start.training.validation;
    const bool with_poster = is_comparable && validation == 0;
    if (validation != section) {
      section = validation;
      text += section == 0 ? "\n## All training examples\n\n"
                           : "\n## " + with_commas(static_cast<std::uint64_t>(section)) +
                                 " training examples held out for validation\n\n";
      std::vector<std::string> columns{"initialiser", "links", "runs", "last epoch", "best on test"};
      if (section > 0) columns.emplace_back("at best validation");
      if (with_poster) columns.emplace_back("poster");
      text += markdown_head(columns);
    }
    const RunSummary figures = figures_of(experiment);
    std::vector<std::string> cells{experiment.name};
    if (const std::string& problem = problem_of(experiment); problem.empty()) {
      cells.insert(cells.end(),
                   {with_commas(links_of(experiment)), std::to_string(figures.last.size()),
                    mean_cell(figures.metric, figures.last), mean_cell(figures.metric, figures.best_on_test)});
    } else {
      cells.insert(cells.end(), {"", "", "failed: " + problem, ""});
    }
    if (section > 0) cells.push_back(mean_cell(figures.metric, figures.at_best_validation));
    if (with_poster) cells.push_back(row.published ? with_decimals(*row.published, 2) : "");
    text += markdown_line(cells);
  }
  if (is_comparable) {
    text +=
        "\nPoster: static training on Fashion-MNIST at 99 % sparsity, the best epoch on test; its one figure for the "
        "DNM, 89.19 ± 0.01, is that of the best setting of its own search.\n";
  }
  text += "\n## Each row by itself\n\n";
  for (const ComparisonReport::Row& row : report.rows) text += "    " + row.experiment.command_line + "\n";
  return text;
}

}  // namespace dnm
