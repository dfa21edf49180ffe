// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "app/cli/compared_rules.h"
#include "app/cli/follow_training.h"
#include "app/cli/table_options.h"
#include "app/workspace/experiments/comparison_report.h"
#include "app/workspace/experiments/comparison_rows.h"
#include "app/workspace/experiments/experiment_runner.h"

namespace dnm::cli {

/// The group of seeds of a comparison as a row of its options.
[[nodiscard]] std::vector<std::int64_t> usual_seeds();
/// The row of `dnm train`; here it concerns a second section of runs.
[[nodiscard]] const ParameterInfo& validation_info();

/// What a comparison trains with one data set at one sparsity: every row under every rule, once with all training
/// examples and once with some held out.
class ComparisonGroup {
 public:
  /// One group of runs.
  struct Cell {
    const ComparisonRow* row;
    const ComparedRule* rule;
    std::int64_t validation;
  };

  /// The data set is that of the options. `named_rows`: rows were asked for by name, so that none may be left out.
  /// Throws InvalidInput, FileError.
  ComparisonGroup(const TableOptions& options, std::vector<const ComparisonRow*> rows, bool named_rows,
                  double sparsity);

  /// Where its runs lie, and how the names of their folders end: empty, or what sets them apart from other groups.
  void set_folder(std::filesystem::path folder, std::string ending) {
    folder_ = std::move(folder);
    folder_ending_ = std::move(ending);
  }
  /// Its rows whose networks have no sparsity are left out, as those of another group with this data set.
  void leave_out_dense();

  /// Says which rows are left out under rewiring rules. Throws InvalidInput when nothing is left.
  [[nodiscard]] std::vector<Cell> cells() const;
  /// Of a cell, without its network.
  [[nodiscard]] ExperimentPlan plan_of(const Cell& cell) const;
  /// The same with what draws its networks, one for each seed; `follow` reports on that.
  [[nodiscard]] ExperimentPlan plan_with_networks(const Cell& cell, const FollowOptions& follow) const;
  /// What the tables say of it before it is trained.
  [[nodiscard]] ComparisonReport::Row row_of(const Cell& cell) const;
  /// Throws InvalidInput where a run of the cell was started with other settings.
  void check_continues(const Cell& cell) const;

  [[nodiscard]] std::vector<std::int64_t> sections() const;
  [[nodiscard]] const std::string& folder_ending() const { return folder_ending_; }
  [[nodiscard]] const Metric& leading_metric() const;
  [[nodiscard]] const std::string& data_label() const { return data_label_; }
  [[nodiscard]] const std::string& sparsity() const { return sparsity_; }
  /// Neurons in each layer, classifier included; empty where matrices are drawn.
  [[nodiscard]] std::vector<NodeIndex> layer_sizes() const;
  [[nodiscard]] std::int64_t epochs() const { return rules_.front().settings.epochs; }
  [[nodiscard]] std::string seeds_words() const;
  [[nodiscard]] std::span<const ComparedRule> rules() const { return rules_; }

 private:
  void leave_out_rows(bool named);
  [[nodiscard]] ModelParameters parameters_of(const ComparisonRow& row, std::uint64_t seed) const;
  [[nodiscard]] std::string command_of(const Cell& cell) const;

  std::vector<const ComparisonRow*> rows_;
  std::vector<ComparedRule> rules_;
  ModelParameters base_;
  std::vector<std::uint64_t> seeds_;
  std::int64_t validation_ = 0;
  NodeIndex classes_ = 0;
  bool draws_matrices_ = false;
  std::string data_label_, sparsity_;
  std::filesystem::path folder_;
  std::string folder_ending_;
};

}  // namespace dnm::cli
