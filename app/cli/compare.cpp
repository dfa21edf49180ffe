// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <memory>
#include <sstream>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/comparison_rows.h"
#include "app/cli/follow_training.h"
#include "app/cli/network_options.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "app/modules/modules.h"
#include "core/files/atomic_file.h"
#include "core/support/error.h"
#include "core/support/parallel.h"

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

/// One row of the table under one way of holding images out.
struct Result {
  const ComparisonRow* row;
  std::int64_t validation;
  std::string command;  ///< makes these runs again
  std::uint64_t links = 0;
  AccuracySummary accuracies{};
  std::string problem{};
};

std::string cell(const std::vector<double>& accuracies) {
  if (accuracies.empty()) return "";
  const MeanWithError accuracy = mean_with_error(accuracies);
  std::string text = format_fixed(100.0 * accuracy.mean, 2);
  if (std::isfinite(accuracy.standard_error)) text += " ± " + format_fixed(100.0 * accuracy.standard_error, 2);
  return text;
}

/// "mean,se" as fractions, empty where there is none.
std::string csv_cells(const std::vector<double>& accuracies) {
  if (accuracies.empty()) return ",";
  const MeanWithError accuracy = mean_with_error(accuracies);
  return format_fixed(accuracy.mean, 6) + "," +
         (std::isfinite(accuracy.standard_error) ? format_fixed(accuracy.standard_error, 6) : std::string());
}

std::string csv_text(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
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
    ParameterInfo seeds = model_parameter("seed").info;
    seeds.id = "seeds";
    seeds.kind = ParameterKind::integer_list;
    const ParameterValue numbers = parse_value(seeds, options.seeds);
    for (const std::int64_t seed : std::get<std::vector<std::int64_t>>(numbers)) {
      seeds_.push_back(static_cast<std::uint64_t>(seed));
    }
    if (seeds_.empty()) throw InvalidInput("--seeds is empty; give numbers such as 0,1,2");
    if (options.validation < 0) throw InvalidInput("--validation is negative; give a number of images, 0 for none");
    std::vector<std::uint64_t> sorted = seeds_;
    std::sort(sorted.begin(), sorted.end());
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
      throw InvalidInput("--seeds names a seed twice; every run needs one of its own");
    }
  }

  int run() {
    std::vector<std::int64_t> groups{0};
    if (options_.validation > 0) groups.push_back(options_.validation);
    for (const std::int64_t validation : groups) {
      for (const ComparisonRow* row : rows_) {
        if (context_.stop.stop_requested()) break;
        results_.push_back(train(*row, validation));
        const Result& result = results_.back();
        if (context_.stop.stop_requested()) {
          results_.pop_back();  // its runs are not at their end
          break;
        }
        std::cout << row->label
                  << (validation > 0 ? ", " + format_count(static_cast<std::uint64_t>(validation)) + " images held out"
                                     : "")
                  << ": " << (result.problem.empty() ? line(result) : result.problem) << std::endl;
        write_tables();
      }
    }
    if (context_.stop.stop_requested()) {
      print_notice("stopped on request; the same command goes on from where it stands");
      return 0;
    }
    for (const Result& result : results_) {
      if (!result.problem.empty()) throw Error(std::string(result.row->label) + ": " + result.problem);
    }
    return 0;
  }

 private:
  static std::string line(const Result& result) {
    std::string text =
        "last " + cell(result.accuracies.last) + " %, best on test " + cell(result.accuracies.best_on_test) + " %";
    if (!result.accuracies.at_best_validation.empty()) {
      text += ", at best validation " + cell(result.accuracies.at_best_validation) + " %";
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

  Result train(const ComparisonRow& row, std::int64_t validation) {
    Result result{&row, validation, command_of(row, validation)};
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
    result.accuracies = summarise(histories);
    return result;
  }

  [[nodiscard]] std::string command_of(const ComparisonRow& row, std::int64_t validation) const {
    std::string command = "dnm train";
    for (const auto& [id, text] : to_texts(parameters_of(row, 0))) {
      if (id == "seed" || id == "data" || id == "data-dir") continue;
      command += " --" + id + " " + shell_quoted(text);
    }
    for (const auto& [id, text] : given_) command += " --" + id + " " + shell_quoted(text);
    command += " --seeds " + (row.one_seed ? std::to_string(seeds_.front()) : options_.seeds);
    if (validation > 0) command += " --validation " + std::to_string(validation);
    return command;
  }

  void write_tables() const {
    std::string csv =
        "row,label,validation_images,links,runs,last_mean,last_se,best_on_test_mean,best_on_test_se,"
        "at_best_validation_mean,at_best_validation_se,published,problem,command\n";
    const bool comparable = settings_.data_set == "fashion-mnist";
    for (const Result& result : results_) {
      csv += std::string(result.row->id) + "," + csv_text(std::string(result.row->label)) + "," +
             std::to_string(result.validation) + "," + std::to_string(result.links) + "," +
             std::to_string(result.accuracies.last.size()) + "," + csv_cells(result.accuracies.last) + "," +
             csv_cells(result.accuracies.best_on_test) + "," + csv_cells(result.accuracies.at_best_validation) + "," +
             (comparable && result.row->published ? format_fixed(*result.row->published / 100.0, 4) : "") + "," +
             (result.problem.empty() ? "" : csv_text(result.problem)) + "," + csv_text(result.command) + "\n";
    }
    write_atomically(fs::path(options_.folder) / "comparison.csv", csv);
    write_atomically(fs::path(options_.folder) / "comparison.md", markdown(comparable));
  }

  [[nodiscard]] std::string markdown(bool comparable) const {
    const ModelParameter& sparsity = model_parameter("sparsity");
    std::string text = "# Comparison of initialisers on " + data_set_shape(settings_.data_set).label + "\n\nLayers ";
    for (const NodeIndex size : base_.layer_sizes) text += std::to_string(size) + "-";
    text += std::to_string(data_set_shape(settings_.data_set).classes) + ", sparsity " +
            format_value(sparsity.info, sparsity.get(base_)) + ", " + std::to_string(settings_.epochs) +
            " epochs, seeds " + options_.seeds +
            ". Test accuracy in percent, mean ± standard error over the runs (one run: no error). Made by\n\n    " +
            context_.command_line + "\n";
    std::int64_t group = -1;
    for (const Result& result : results_) {
      if (result.validation != group) {
        group = result.validation;
        text += group == 0 ? "\n## All training images\n\n"
                           : "\n## " + format_count(static_cast<std::uint64_t>(group)) +
                                 " training images held out for validation\n\n";
        text += std::string("| initialiser | links | runs | last epoch | best on test |") +
                (group > 0 ? " at best validation |" : "") + (comparable && group == 0 ? " poster |" : "") + "\n" +
                "|---|---|---|---|---|" + (group > 0 ? "---|" : "") + (comparable && group == 0 ? "---|" : "") + "\n";
      }
      text += "| " + std::string(result.row->label) + " | ";
      if (!result.problem.empty()) {
        text += "failed: " + result.problem + " |\n";
        continue;
      }
      text += format_count(result.links) + " | " + std::to_string(result.accuracies.last.size()) + " | " +
              cell(result.accuracies.last) + " | " + cell(result.accuracies.best_on_test) + " |";
      if (group > 0) text += " " + cell(result.accuracies.at_best_validation) + " |";
      if (comparable && group == 0) {
        text += " " + (result.row->published ? format_fixed(*result.row->published, 2) : std::string()) + " |";
      }
      text += "\n";
    }
    if (comparable) {
      text +=
          "\nPoster: static training on Fashion-MNIST at 99 % sparsity, the best epoch on test; its one figure for the "
          "DNM, 89.19 ± 0.01, is that of its best setting.\n";
    }
    text += "\n## Each row by itself\n\n";
    for (const Result& result : results_) text += "    " + result.command + "\n";
    return text;
  }

  const Options& options_;
  const CommandContext& context_;
  TrainingSettings settings_;
  ModelParameters base_;
  std::vector<std::pair<std::string, std::string>> given_;  ///< training options, as typed
  std::vector<const ComparisonRow*> rows_;
  std::vector<std::uint64_t> seeds_;
  std::vector<Result> results_;
};

}  // namespace

RunCommand declare_compare(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  std::string ids;
  for (const ComparisonRow& row : comparison_rows()) ids += (ids.empty() ? "" : ",") + std::string(row.id);
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
