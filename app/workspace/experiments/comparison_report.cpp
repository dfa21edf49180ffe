// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/comparison_report.h"

#include <algorithm>
#include <cmath>

#include "app/workspace/experiments/latex_cells.h"
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

const std::string& method_of(const ComparisonReport::Row& row) { return row.experiment.start.training.method; }

std::string section_title(std::int64_t held_out) {
  return held_out == 0
             ? "All training examples"
             : with_commas(static_cast<std::uint64_t>(held_out)) + " training examples held out for validation";
}

/// A figure of a row, and what it is called.
struct Figure {
  std::string_view name;
  std::vector<double> RunSummary::*values;
  bool needs_validation = false;
};
constexpr Figure rule_figures[] = {{"last epoch", &RunSummary::last},
                                   {"best on test", &RunSummary::best_on_test},
                                   {"at best validation", &RunSummary::at_best_validation, true}};

/// The numbers of examples held out, in the order of the rows.
std::vector<std::int64_t> sections_of(const ComparisonReport& report) {
  std::vector<std::int64_t> sections;
  for (const ComparisonReport::Row& row : report.rows) {
    const std::int64_t held_out = row.experiment.start.training.validation;
    if (std::ranges::find(sections, held_out) == sections.end()) sections.push_back(held_out);
  }
  return sections;
}

/// The initialisers of a section, each with its row for every rule; null where there is none yet.
struct RuleRow {
  std::string initialiser;
  std::vector<const ComparisonReport::Row*> by_rule;
};
std::vector<RuleRow> rule_rows(const ComparisonReport& report, std::int64_t held_out) {
  std::vector<RuleRow> rows;
  for (const ComparisonReport::Row& row : report.rows) {
    if (row.experiment.start.training.validation != held_out) continue;
    auto found = std::ranges::find(rows, row.initialiser, &RuleRow::initialiser);
    if (found == rows.end()) {
      rows.push_back({row.initialiser, std::vector<const ComparisonReport::Row*>(report.methods.size())});
      found = rows.end() - 1;
    }
    const auto rule = std::ranges::find(report.methods, method_of(row), &Choice::id);
    if (rule != report.methods.end()) found->by_rule[static_cast<std::size_t>(rule - report.methods.begin())] = &row;
  }
  return rows;
}

/// Whether this figure is what was published.
bool has_published(const Figure& figure, std::int64_t held_out) {
  return figure.values == &RunSummary::best_on_test && held_out == 0;
}

/// A table for each figure and number of examples held out: rules as columns, initialisers as rows.
std::string tables_by_rule(const ComparisonReport& report) {
  std::string text;
  for (const std::int64_t held_out : sections_of(report)) {
    for (const Figure& figure : rule_figures) {
      if (figure.needs_validation && held_out == 0) continue;
      text += "\n## " + section_title(held_out) + ": " + std::string(figure.name) + "\n\n";
      std::vector<std::string> head{"initialiser"};
      for (const Choice& method : report.methods) head.emplace_back(method.label);
      text += markdown_head(head);
      for (const RuleRow& row : rule_rows(report, held_out)) {
        std::vector<std::string> cells{row.initialiser};
        for (const ComparisonReport::Row* done : row.by_rule) {
          if (done == nullptr) {
            cells.emplace_back();
          } else if (!problem_of(done->experiment).empty()) {
            cells.emplace_back("failed: " + problem_of(done->experiment));
          } else {
            const RunSummary figures = figures_of(done->experiment);
            cells.push_back(mean_cell(figures.metric, figures.*figure.values));
            if (has_published(figure, held_out) && done->published) {
              cells.back() += " (" + with_decimals(*done->published, 2) + ")";
            }
          }
        }
        text += markdown_line(cells);
      }
    }
  }
  return text;
}

/// ", rewired by CHTs"; empty for the usual rule alone and for several, which the tables name.
std::string rule_words(const ComparisonReport& report) {
  if (report.methods.size() != 1 || report.methods.front().id == TrainingSettings{}.method) return {};
  return ", rewired by " + std::string(report.methods.front().label);
}

/// A table per number of examples held out.
std::string tables(const ComparisonReport& report, bool is_comparable) {
  std::string text;
  std::int64_t section = -1;
  for (const ComparisonReport::Row& row : report.rows) {
    const Experiment& experiment = row.experiment;
    const std::int64_t validation = experiment.start.training.validation;
    const bool with_published = is_comparable && validation == 0;
    if (validation != section) {
      section = validation;
      text += "\n## " + section_title(section) + "\n\n";
      std::vector<std::string> columns{"initialiser", "links", "runs", "last epoch", "best on test"};
      if (section > 0) columns.emplace_back("at best validation");
      if (with_published) columns.emplace_back("published");
      text += markdown_head(columns);
    }
    const RunSummary figures = figures_of(experiment);
    std::vector<std::string> cells{row.initialiser};
    if (const std::string& problem = problem_of(experiment); problem.empty()) {
      cells.insert(cells.end(),
                   {with_commas(links_of(experiment)), std::to_string(figures.last.size()),
                    mean_cell(figures.metric, figures.last), mean_cell(figures.metric, figures.best_on_test)});
    } else {
      cells.insert(cells.end(), {"", "", "failed: " + problem, ""});
    }
    if (section > 0) cells.push_back(mean_cell(figures.metric, figures.at_best_validation));
    if (with_published) cells.push_back(row.published ? with_decimals(*row.published, 2) : "");
    text += markdown_line(cells);
  }
  return text;
}

}  // namespace

std::string report_csv(const ComparisonReport& report) {
  std::string csv =
      "row,label,validation_images,links,runs,last_mean,last_se,best_on_test_mean,best_on_test_se,"
      "at_best_validation_mean,at_best_validation_se,published,problem,method,command\n";
  for (const ComparisonReport::Row& row : report.rows) {
    const Experiment& experiment = row.experiment;
    const RunSummary figures = figures_of(experiment);
    csv += row.id + "," + csv_cell(row.initialiser) + "," + std::to_string(experiment.start.training.validation) + "," +
           std::to_string(links_of(experiment)) + "," + std::to_string(figures.last.size()) + "," +
           csv_cells(figures.last) + "," + csv_cells(figures.best_on_test) + "," +
           csv_cells(figures.at_best_validation) + "," +
           (row.published ? with_decimals(*row.published / 100.0, 4) : "") + "," + csv_cell(problem_of(experiment)) +
           "," + method_of(row) + "," + csv_cell(experiment.command_line) + "\n";
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
      (report.epochs == 1 ? " epoch" : " epochs") + ", seeds " + report.seeds + rule_words(report) + ". " +
      std::string(leading.label) + (leading.unit == MetricUnit::fraction ? " in percent" : "") +
      ", mean ± standard error over the runs (one run: no error). Made by\n\n    " + report.command + "\n";
  const bool is_comparable =
      std::any_of(report.rows.begin(), report.rows.end(), [](const auto& row) { return row.published.has_value(); });
  text += report.methods.size() > 1 ? tables_by_rule(report) : tables(report, is_comparable);
  if (is_comparable) {
    text += report.methods.size() > 1 ? "\nIn brackets" : "\nPublished";
    text +=
        ": Fashion-MNIST at 99 % sparsity, the best epoch on test, by the DNM poster or, for other rules than static, "
        "CHTs and CHTss, the CHTs paper; the poster's figure for the DNM is that of the best setting of its own "
        "search.\n";
  }
  text += "\n## Each row by itself\n\n";
  for (const ComparisonReport::Row& row : report.rows) text += "    " + row.experiment.command_line + "\n";
  return text;
}

std::string report_latex(const ComparisonReport& report) {
  const TrainingSettings usual;
  const Metric& leading =
      *metrics_of(report.rows.empty() ? usual : report.rows.front().experiment.start.training).leading;
  const bool percent = leading.unit == MetricUnit::fraction;
  std::string text = "% " + std::string(leading.label) + " on " + one_line(report.data_set) +
                     (percent ? " in per cent" : "") + ", layers " + layers_text(report.layer_sizes) + ", sparsity " +
                     report.sparsity + ": mean, and standard error where there are several runs.\n% " +
                     one_line(report.command) + "\n";
  for (const std::int64_t held_out : sections_of(report)) {
    for (const Figure& figure : rule_figures) {
      if (figure.needs_validation && held_out == 0) continue;
      text += "\n% " + section_title(held_out) + ": " + std::string(figure.name) + "\n\\begin{tabular}{l" +
              std::string(report.methods.size(), 'r') + "}\n\\hline\n";
      for (const Choice& method : report.methods) text += " & " + latex_words(std::string(method.label));
      text += " \\\\\n\\hline\n";
      for (const RuleRow& row : rule_rows(report, held_out)) {
        text += latex_words(row.initialiser);
        for (const ComparisonReport::Row* done : row.by_rule) {
          const std::vector<double> values =
              done != nullptr ? figures_of(done->experiment).*figure.values : std::vector<double>{};
          const MeanWithError mean =
              values.empty() ? MeanWithError{std::nan(""), std::nan(""), 0} : mean_with_error(values);
          text += " & " + latex_value(mean.mean, mean.standard_error, percent);
        }
        text += " \\\\\n";
      }
      text += "\\hline\n\\end{tabular}\n";
    }
  }
  return text;
}

}  // namespace dnm
