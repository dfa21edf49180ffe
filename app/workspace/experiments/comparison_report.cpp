// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/comparison_report.h"

#include <algorithm>
#include <cmath>

#include "app/workspace/experiments/experiment_charts.h"
#include "app/workspace/experiments/experiment_words.h"
#include "app/workspace/experiments/latex_cells.h"
#include "app/workspace/experiments/markdown_cells.h"
#include "app/workspace/experiments/training_start.h"
#include "app/workspace/words.h"
#include "core/parameters/parameter_table.h"
#include "core/support/csv_cell.h"
#include "core/support/digits.h"
#include "training/rewiring/rewiring_table.h"
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

const std::string& method_of(const ComparisonReport::Row& row) { return row.experiment.start.training.method; }

/// What the rows of one table have in common.
struct Section {
  std::string data_set, sparsity;
  std::int64_t held_out = 0;
  bool operator==(const Section&) const = default;
};

Section section_of(const ComparisonReport::Row& row) {
  return {row.data_set, row.sparsity, row.experiment.start.training.validation};
}

/// In the order of the rows.
std::vector<Section> sections_of(const ComparisonReport& report) {
  std::vector<Section> sections;
  for (const ComparisonReport::Row& row : report.rows) {
    if (std::ranges::find(sections, section_of(row)) == sections.end()) sections.push_back(section_of(row));
  }
  return sections;
}

/// "Fashion-MNIST, sparsity 0.95, 5,000 training examples held out for validation": data and sparsity only where
/// sections differ in them.
std::string section_title(const Section& section, const std::vector<Section>& all) {
  const auto differs = [&](std::string Section::*part) {
    return std::ranges::any_of(all, [&](const Section& other) { return other.*part != section.*part; });
  };
  std::string title;
  if (differs(&Section::data_set)) title += section.data_set + ", ";
  if (differs(&Section::sparsity)) title += "sparsity " + section.sparsity + ", ";
  if (section.held_out != 0)
    return title + with_commas(static_cast<std::uint64_t>(section.held_out)) +
           " training examples held out for validation";
  return title + (title.empty() ? "All training examples" : "all training examples");
}

/// A figure of a row, and what it is called. In the order of RuleFigure.
struct Figure {
  std::string_view name;
  std::vector<double> RunSummary::*values;
  bool needs_validation = false;
};
constexpr Figure rule_figures[] = {{"last epoch", &RunSummary::last},
                                   {"best on test", &RunSummary::best_on_test},
                                   {"at best validation", &RunSummary::at_best_validation, true}};
constexpr Choice figure_choices[] = {
    {"last", "Last epoch", "The leading metric at the last epoch."},
    {"best-on-test", "Best on test", "At the best epoch by the test examples."},
    {"at-best-validation", "At best validation", "At the best epoch by the examples that were held out."}};
static_assert(std::size(rule_figures) == std::size(figure_choices));

/// What a report says of all its experiments: their common text, or that they differ.
std::string common(const std::vector<std::string>& texts, const std::string& otherwise) {
  const bool same = !texts.empty() && std::ranges::all_of(texts, [&](const auto& text) { return text == texts[0]; });
  return same ? texts.front() : otherwise;
}

std::string seeds_words(const Experiment& experiment) {
  std::string words;
  for (const ExperimentRun& run : experiment.runs) words += (words.empty() ? "" : ",") + std::to_string(run.seed);
  return words;
}

std::string sparsity_words(const Experiment& experiment) {
  const auto& sparsity = model_parameter_table().at("sparsity");
  const ModelParameters& model = experiment.start.parameters;
  const bool has_one = is_drawn(experiment.start) && model_parameter_table().applies(sparsity, model);
  return has_one ? format_value(sparsity.info, sparsity.get(model)) : std::string();
}

const Metric& leading_of(const ComparisonReport& report) {
  return *metrics_of(report.rows.empty() ? TrainingSettings{} : report.rows.front().experiment.start.training).leading;
}

/// "100 epochs".
std::string epochs_words(const ComparisonReport& report) {
  return report.epochs == 0 ? std::string("numbers of epochs of each row's own")
                            : std::to_string(report.epochs) + (report.epochs == 1 ? " epoch" : " epochs");
}

/// "784-1568-10", "of 48 matrices of 256 to 512 neurons".
std::string layers_words(const ComparisonReport& report) {
  const std::string matrices = report.rows.empty() ? "" : matrices_text(report.rows.front().experiment.start);
  if (!matrices.empty()) return "of " + matrices;
  return report.layer_sizes.empty() ? std::string("of each row's own") : layers_text(report.layer_sizes);
}

/// The initialisers of a section, each with its row for every rule; null where there is none yet.
struct RuleRow {
  std::string initialiser;
  std::vector<const ComparisonReport::Row*> by_rule;
};
std::vector<RuleRow> rule_rows(const ComparisonReport& report, const Section& section) {
  std::vector<RuleRow> rows;
  for (const ComparisonReport::Row& row : report.rows) {
    if (section_of(row) != section) continue;
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
bool has_published(const Figure& figure, const Section& section) {
  return figure.values == &RunSummary::best_on_test && section.held_out == 0;
}

/// A table for each figure and number of examples held out: rules as columns, initialisers as rows.
std::string tables_by_rule(const ComparisonReport& report) {
  std::string text;
  const std::vector<Section> sections = sections_of(report);
  for (const Section& section : sections) {
    for (const Figure& figure : rule_figures) {
      if (figure.needs_validation && section.held_out == 0) continue;
      text += "\n## " + section_title(section, sections) + ": " + std::string(figure.name) + "\n\n";
      std::vector<std::string> head{"initialiser"};
      for (const Choice& method : report.methods) head.emplace_back(method.label);
      text += markdown_head(head);
      for (const RuleRow& row : rule_rows(report, section)) {
        std::vector<std::string> cells{row.initialiser};
        for (const ComparisonReport::Row* done : row.by_rule) {
          if (done == nullptr) {
            cells.emplace_back();
          } else if (!problem_of(done->experiment).empty()) {
            cells.emplace_back("failed: " + problem_of(done->experiment));
          } else {
            const RunSummary figures = figures_of(done->experiment);
            cells.push_back(mean_cell(figures.metric, figures.*figure.values));
            if (has_published(figure, section) && done->published) {
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

/// A table per section.
std::string tables(const ComparisonReport& report, bool is_comparable) {
  std::string text;
  const std::vector<Section> sections = sections_of(report);
  const ComparisonReport::Row* before = nullptr;
  for (const ComparisonReport::Row& row : report.rows) {
    const Experiment& experiment = row.experiment;
    const Section section = section_of(row);
    const bool with_published = is_comparable && section.held_out == 0;
    if (before == nullptr || section_of(*before) != section) {
      text += "\n## " + section_title(section, sections) + "\n\n";
      std::vector<std::string> columns{"initialiser", "links", "runs", "last epoch", "best on test"};
      if (section.held_out > 0) columns.emplace_back("at best validation");
      if (with_published) columns.emplace_back("published");
      text += markdown_head(columns);
    }
    before = &row;
    const RunSummary figures = figures_of(experiment);
    std::vector<std::string> cells{row.initialiser};
    if (const std::string& problem = problem_of(experiment); problem.empty()) {
      cells.insert(cells.end(),
                   {with_commas(links_of(experiment)), std::to_string(figures.last.size()),
                    mean_cell(figures.metric, figures.last), mean_cell(figures.metric, figures.best_on_test)});
    } else {
      cells.insert(cells.end(), {"", "", "failed: " + problem, ""});
    }
    if (section.held_out > 0) cells.push_back(mean_cell(figures.metric, figures.at_best_validation));
    if (with_published) cells.push_back(row.published ? with_decimals(*row.published, 2) : "");
    text += markdown_line(cells);
  }
  return text;
}

}  // namespace

std::vector<Choice> rules_of(std::span<const Experiment> experiments) {
  std::vector<Choice> rules;
  for (const RewiringMethod& rule : rewiring_table()) {
    const auto has_it = [&](const Experiment& experiment) {
      return experiment.start.training.method == rule.choice.id;
    };
    if (std::ranges::any_of(experiments, has_it)) rules.push_back(rule.choice);
  }
  return rules;
}

ComparisonReport report_of(std::span<const Experiment> experiments, std::span<const std::string> rules) {
  ComparisonReport report;
  for (const Choice& rule : rules_of(experiments)) {
    if (rules.empty() || std::ranges::find(rules, rule.id) != rules.end()) report.methods.push_back(rule);
  }
  std::vector<std::string> data, sparsity, seeds, layers, epochs;
  for (const Experiment& experiment : experiments) {
    const TrainingSettings& training = experiment.start.training;
    if (std::ranges::find(report.methods, training.method, &Choice::id) == report.methods.end()) continue;
    const std::string name = is_known_by_its_runs(experiment) ? experiment.name : network_name(experiment.start);
    std::string label = name;
    const auto is_taken = [&](const ComparisonReport::Row& row) {
      const TrainingSettings& other = row.experiment.start.training;
      return row.initialiser == label && other.method == training.method && other.validation == training.validation;
    };
    for (int count = 2; std::ranges::any_of(report.rows, is_taken); ++count) {
      label = name + " (" + std::to_string(count) + ")";
    }
    data.push_back(data_label(training));
    sparsity.push_back(sparsity_words(experiment));
    seeds.push_back(seeds_words(experiment));
    layers.push_back(layers_text(layer_sizes(experiment.start)));
    epochs.push_back(std::to_string(training.epochs));
    report.rows.push_back({is_drawn(experiment.start) ? experiment.start.parameters.initialiser : std::string(),
                           std::nullopt, experiment, std::move(label)});
  }
  const std::string differs = "of each row's own";
  report.data_set = common(data, "several data sets");
  report.sparsity = common(sparsity, differs);
  if (report.sparsity.empty()) report.sparsity = differs;
  report.seeds = common(seeds, differs);
  if (!common(layers, {}).empty()) report.layer_sizes = layer_sizes(report.rows.front().experiment.start);
  if (!common(epochs, {}).empty()) report.epochs = report.rows.front().experiment.start.training.epochs;
  return report;
}

std::span<const Choice> rule_figure_choices() { return figure_choices; }

Comparison rule_comparison(const ComparisonReport& report, RuleFigure figure) {
  const Figure& which = rule_figures[static_cast<std::size_t>(figure)];
  const Metric& leading = leading_of(report);
  Comparison comparison;
  comparison.as_table = true;
  comparison.percent = leading.unit == MetricUnit::fraction;
  comparison.lowest_is_best = leading.direction == MetricDirection::lower_is_better;
  comparison.title = std::string(leading.label) + (comparison.percent ? " in %, " : ", ") + std::string(which.name);
  for (const Choice& rule : report.methods) comparison.figures.emplace_back(rule.label);
  const std::vector<Section> sections = sections_of(report);
  std::vector<ExperimentSummary> summaries;
  bool is_complete = true;
  for (const Section& section : sections) {
    for (const RuleRow& row : rule_rows(report, section)) {
      ComparedGroup& group = comparison.groups.emplace_back();
      group.name = row.initialiser;
      if (sections.size() > 1)
        group.name += ", " + with_commas(static_cast<std::uint64_t>(section.held_out)) + " held out";
      for (const ComparisonReport::Row* done : row.by_rule) {
        ComparedValue& value = group.values.emplace_back();
        if (done == nullptr) continue;
        if (!problem_of(done->experiment).empty()) {
          value.words = "failed";
          continue;
        }
        const ExperimentSummary& summary = summaries.emplace_back(summary_of(done->experiment));
        value = compared_value(summary.*which.values);
        value.is_complete = value.runs.empty() || summary.is_complete();
        group.count = std::max(group.count, value.runs.size());
        is_complete = is_complete && value.is_complete;
      }
    }
  }
  comparison.note = different_epochs_note(summaries);
  if (!is_complete) comparison.note.append(comparison.note.empty() ? "" : " ").append(incomplete_mark_meaning);
  return comparison;
}

std::string report_csv(const ComparisonReport& report) {
  std::string csv =
      "row,label,validation_images,links,runs,last_mean,last_se,best_on_test_mean,best_on_test_se,"
      "at_best_validation_mean,at_best_validation_se,published,problem,data,sparsity,method,command\n";
  for (const ComparisonReport::Row& row : report.rows) {
    const Experiment& experiment = row.experiment;
    const RunSummary figures = figures_of(experiment);
    csv += row.id + "," + csv_cell(row.initialiser) + "," + std::to_string(experiment.start.training.validation) + "," +
           std::to_string(links_of(experiment)) + "," + std::to_string(figures.last.size()) + "," +
           csv_cells(figures.last) + "," + csv_cells(figures.best_on_test) + "," +
           csv_cells(figures.at_best_validation) + "," +
           (row.published ? with_decimals(*row.published / 100.0, 4) : "") + "," + csv_cell(problem_of(experiment)) +
           "," + csv_cell(row.data_set.empty() ? data_label(experiment.start.training) : row.data_set) + "," +
           (row.sparsity.empty() ? sparsity_words(experiment) : row.sparsity) + "," + method_of(row) + "," +
           csv_cell(experiment.command_line) + "\n";
  }
  return csv;
}

std::string report_markdown(const ComparisonReport& report) {
  const Metric& leading = leading_of(report);
  std::string text = "# Comparison of initialisers on " + report.data_set + "\n\nLayers " + layers_words(report) +
                     ", sparsity " + report.sparsity + ", " + epochs_words(report) + ", seeds " + report.seeds +
                     rule_words(report) + ". " + std::string(leading.label) +
                     (leading.unit == MetricUnit::fraction ? " in percent" : "") +
                     ", mean ± standard error over the runs (one run: no error)." +
                     (report.command.empty() ? "\n" : " Made by\n\n    " + report.command + "\n");
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
  const Metric& leading = leading_of(report);
  const bool percent = leading.unit == MetricUnit::fraction;
  std::string text = "% " + std::string(leading.label) + " on " + one_line(report.data_set) +
                     (percent ? " in per cent" : "") + ", layers " + layers_words(report) + ", sparsity " +
                     report.sparsity + ": mean, and standard error where there are several runs.\n";
  if (!report.command.empty()) text += "% " + one_line(report.command) + "\n";
  const std::vector<Section> sections = sections_of(report);
  for (const Section& section : sections) {
    for (const Figure& figure : rule_figures) {
      if (figure.needs_validation && section.held_out == 0) continue;
      text += "\n% " + one_line(section_title(section, sections)) + ": " + std::string(figure.name) +
              "\n\\begin{tabular}{l" + std::string(report.methods.size(), 'r') + "}\n\\hline\n";
      for (const Choice& method : report.methods) text += " & " + latex_words(std::string(method.label));
      text += " \\\\\n\\hline\n";
      for (const RuleRow& row : rule_rows(report, section)) {
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
