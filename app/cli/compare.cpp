// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <sstream>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/comparison_rows.h"
#include "app/cli/comparison_table.h"
#include "app/cli/follow_training.h"
#include "app/cli/network_options.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "app/modules/modules.h"
#include "core/files/atomic_file.h"
#include "core/support/error.h"
#include "core/support/parallel.h"
#include "core/support/shell_word.h"
#include "training/runs/run_seeds.h"

namespace dnm::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  TableOptions training;
  TableOptions model;
  std::string folder;
  std::string rows;
  std::string seeds = "0,1,2";
  std::int64_t validation = 5000;
  unsigned jobs = 0;
};

/// Rows of the training table that are no options here: every run has a folder and a seed of its own and is resumed.
bool is_option(const TrainingParameter& row) {
  for (const std::string_view own : {"seed", "run-dir", "resume", "validation"}) {
    if (row.info.id == own) return false;
  }
  return true;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, at);) {
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

class Comparison {
 public:
  Comparison(const Options& options, const CommandContext& context) : options_(options), context_(context) {
    for (const TrainingParameter& row : training_parameter_table()) {
      if (!is_option(row)) continue;
      if (const auto value = options.training.value(row.info)) {
        row.set(settings_, *value);
        if (row.info.id != "hidden") given_.emplace_back(row.info.id, format_value(row.info, *value));
      }
    }
    const DataSetShape& shape = data_set_shape(settings_.data_set);
    base_.layer_sizes = {shape.inputs};
    for (const std::int64_t size : settings_.hidden) base_.layer_sizes.push_back(static_cast<NodeIndex>(size));
    base_.data_set = settings_.data_set;
    base_.data_folder = settings_.data_folder;
    set_from_text(base_, "sparsity", "0.99");
    if (options.model.given("sparsity")) set_from_text(base_, "sparsity", options.model.texts("sparsity").back());
    for (const std::string& id : split(options.rows, ',')) rows_.push_back(&comparison_row(id));
    if (rows_.empty()) {
      for (const ComparisonRow& row : comparison_rows()) rows_.push_back(&row);
    }
    seeds_ = seeds_of(parse_value(seeds_info(), options.seeds));
    if (seeds_.empty()) throw InvalidInput("--seeds is empty; give numbers such as 0,1,2");
    if (options.validation < 0) throw InvalidInput("--validation is negative; give a number of images, 0 for none");
    table_.data_set = shape.label;
    table_.layer_sizes = base_.layer_sizes;
    table_.layer_sizes.push_back(shape.classes);
    const ModelParameter& sparsity = model_parameter("sparsity");
    table_.sparsity = format_value(sparsity.info, sparsity.get(base_));
    table_.epochs = settings_.epochs;
    table_.seeds = options.seeds;
    table_.command = context.command_line;
  }

  int run() {
    std::vector<std::int64_t> groups{0};
    if (options_.validation > 0) groups.push_back(options_.validation);
    for (const std::int64_t validation : groups) {
      for (const ComparisonRow* row : rows_) {
        if (context_.stop.stop_requested()) break;
        const ComparedRuns runs = train(*row, validation);
        if (context_.stop.stop_requested()) break;  // they are not at their end
        std::cout << row->label
                  << (validation > 0 ? ", " + format_count(static_cast<std::uint64_t>(validation)) + " images held out"
                                     : "")
                  << ": " << (runs.problem.empty() ? line(runs.accuracies) : runs.problem) << std::endl;
        table_.rows.push_back(runs);
        write_tables();
      }
    }
    if (context_.stop.stop_requested()) {
      print_notice("stopped on request; the same command goes on from where it stands");
      return 0;
    }
    for (const ComparedRuns& runs : table_.rows) {
      if (!runs.problem.empty()) throw Error(runs.label + ": " + runs.problem);
    }
    return 0;
  }

 private:
  static std::string line(const AccuracySummary& accuracies) {
    std::string text =
        "last " + accuracy_cell(accuracies.last) + " %, best on test " + accuracy_cell(accuracies.best_on_test) + " %";
    if (!accuracies.at_best_validation.empty()) {
      text += ", at best validation " + accuracy_cell(accuracies.at_best_validation) + " %";
    }
    return text;
  }

  [[nodiscard]] ModelParameters parameters_of(const ComparisonRow& row, std::uint64_t seed) const {
    ModelParameters parameters = base_;
    for (const std::string& option : split(std::string(row.model), ' ')) {
      const std::size_t equals = option.find('=');
      set_from_text(parameters, option.substr(0, equals), option.substr(equals + 1));
    }
    parameters.seed = seed;
    return parameters;
  }

  ComparedRuns train(const ComparisonRow& row, std::int64_t validation) {
    ComparedRuns result{std::string(row.id), std::string(row.label), validation, command_of(row, validation)};
    if (settings_.data_set == "fashion-mnist") result.published = row.published;
    std::vector<std::uint64_t> seeds = seeds_;
    if (row.one_seed) seeds.resize(1);
    const fs::path folder =
        fs::path(options_.folder) / "runs" /
        (std::string(row.id) + (validation > 0 ? "-" + std::to_string(validation) + "-held-out" : ""));
    RunQueue queue(training_module(), options_.jobs > 0 ? std::min(options_.jobs, available_threads()) : 0);
    for (const std::uint64_t seed : seeds) {
      TrainingSettings settings = settings_;
      settings.seed = seed;
      settings.validation = validation;
      settings.run_folder = (folder / ("seed-" + std::to_string(seed))).string();
      settings.resume = true;
      settings.command = result.command;
      const NodeIndex classes = data_set_shape(settings.data_set).classes;
      queue.add(run_request("seed " + std::to_string(seed), settings,
                            [this, &row, seed, classes](const TaskControl& control) {
                              return draw_network(parameters_of(row, seed), control, classes);
                            }));
    }
    const std::vector<TrainingListener> listeners(seeds.size());
    std::vector<RunHistory> histories;
    std::vector<TrainingOutcome> outcomes = follow_runs(queue, std::string(row.label), listeners, true, context_.stop);
    for (TrainingOutcome& outcome : outcomes) {
      if (result.problem.empty()) result.problem = outcome.problem;
      if (!outcome.epochs.empty()) result.links = outcome.epochs.back().links;
      histories.push_back(std::move(outcome.epochs));
    }
    if (result.problem.empty()) result.accuracies = summarise(histories);
    return result;
  }

  [[nodiscard]] std::string command_of(const ComparisonRow& row, std::int64_t validation) const {
    std::string command = "dnm train";
    for (const auto& [id, text] : to_texts(parameters_of(row, 0))) {
      if (id == "seed" || id == "data" || id == "data-dir") continue;
      command += " --" + id + " " + shell_word(text);
    }
    for (const auto& [id, text] : given_) command += " --" + id + " " + shell_word(text);
    command += " --seeds " + (row.one_seed ? std::to_string(seeds_.front()) : options_.seeds);
    if (validation > 0) command += " --validation " + std::to_string(validation);
    return command;
  }

  void write_tables() const {
    const fs::path folder = options_.folder;
    write_atomically(folder / "comparison.csv", comparison_csv(table_));
    write_atomically(folder / "comparison.md", comparison_markdown(table_));
  }

  const Options& options_;
  const CommandContext& context_;
  TrainingSettings settings_;
  ModelParameters base_;
  std::vector<std::pair<std::string, std::string>> given_;  ///< training options, as typed
  std::vector<const ComparisonRow*> rows_;
  std::vector<std::uint64_t> seeds_;
  ComparisonTable table_;
};

}  // namespace

RunCommand declare_compare(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  std::string ids;
  for (const ComparisonRow& row : comparison_rows()) ids += (ids.empty() ? "" : ", ") + std::string(row.id);
  app.add_option("-o,--output", options->folder, "Folder for comparison.csv, comparison.md and the run folders")
      ->type_name("DIR")
      ->required();
  app.add_option("--rows", options->rows, "Rows of the table, of " + ids + " [all]")->type_name("ID,ID,…")->take_last();
  app.add_option("--seeds", options->seeds, "One run per seed; the dense net takes the first alone [0,1,2]")
      ->type_name("N,N,…")
      ->take_last();
  app.add_option("--validation", options->validation,
                 "A second group of runs holds that many training images out; 0: no such group [5000]")
      ->type_name("N")
      ->take_last();
  app.add_option("--jobs", options->jobs,
                 "Runs side by side, at most as many as there are processors; 0: that many [0]")
      ->type_name("N")
      ->take_last();
  ParameterInfo sparsity = model_parameter("sparsity").info;
  options->model.add(app, sparsity, 0.99, "Model");
  const TrainingSettings defaults;
  for (const TrainingParameter& row : training_parameter_table()) {
    if (is_option(row)) options->training.add(app, row.info, row.get(defaults), "Training");
  }
  return [options](const CommandContext& context) { return Comparison(*options, context).run(); };
}

}  // namespace dnm::cli
