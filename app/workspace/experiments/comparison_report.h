// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/workspace/experiments/experiment.h"
#include "core/parameters/parameter.h"
#include "viz/scenes/comparison_scene.h"

namespace dnm {

/// What `dnm compare` writes: one experiment for each row, rewiring rule and number of examples held out.
struct ComparisonReport {
  struct Row {
    std::string id;                      ///< of its ComparisonRow: "dnm-m7"
    std::optional<double> published{};   ///< in per cent, where the experiment can be compared with it
    Experiment experiment{};             ///< without figures where a run failed
    std::string initialiser{};           ///< label of its ComparisonRow
    std::string data_set{}, sparsity{};  ///< of the tables that it stands in; empty where one is of all rows
  };
  std::string data_set;                ///< its label
  std::vector<NodeIndex> layer_sizes;  ///< classifier included
  std::string sparsity;
  std::int64_t epochs = 0;
  std::string seeds;
  std::string command;          ///< makes the whole report again; empty: those of its rows do
  std::vector<Row> rows;        ///< those that held the same number of images out side by side
  std::vector<Choice> methods;  ///< rewiring rules, in the order of the columns; at least one
};

/// The rewiring rules of experiments, each once, in the order of their table.
[[nodiscard]] std::vector<Choice> rules_of(std::span<const Experiment> experiments);
/// Experiments as such a report, with these rules as columns (by id; none given: all that they have). Initialisers are
/// named by their networks; where several experiments have network, rule and held out examples in common, each but the
/// first gets a number. What they differ in, of layers, sparsity, epochs and seeds, is said to differ.
[[nodiscard]] ComparisonReport report_of(std::span<const Experiment> experiments,
                                         std::span<const std::string> rules = {});

/// A figure of the tables with rules as columns.
enum class RuleFigure { last, best_on_test, at_best_validation };
/// Their names: "last", "best-on-test", "at-best-validation".
[[nodiscard]] std::span<const Choice> rule_figure_choices();
/// The table of one figure as a picture: rules as columns, initialisers as rows, one more for each further number of
/// examples held out.
[[nodiscard]] Comparison rule_comparison(const ComparisonReport& report, RuleFigure figure);

/// A line per row; accuracies as fractions, empty cells for what there is not.
[[nodiscard]] std::string report_csv(const ComparisonReport& report);
/// A section per data set, sparsity and number of examples held out, and the commands. A section is one table, or with
/// several rules a table for each figure, whose columns are the rules.
[[nodiscard]] std::string report_markdown(const ComparisonReport& report);
/// The same tables as plain LaTeX tabulars that need no package: rules as columns, initialisers as rows.
[[nodiscard]] std::string report_latex(const ComparisonReport& report);

}  // namespace dnm
