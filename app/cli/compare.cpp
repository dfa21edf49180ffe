// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <optional>

#include "app/cli/command.h"
#include "app/cli/compared_rules.h"
#include "app/cli/comparison_file.h"
#include "app/cli/comparison_tables.h"
#include "app/cli/follow_training.h"
#include "app/cli/network_options.h"
#include "app/cli/output_folder.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "app/workspace/experiments/comparison_report.h"
#include "app/workspace/experiments/comparison_rows.h"
#include "app/workspace/experiments/run_folders.h"
#include "app/workspace/experiments/shipped_experiments.h"
#include "app/workspace/experiments/training_start.h"
#include "app/workspace/words.h"
#include "core/models/initialiser.h"
#include "core/parameters/look_up.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/folder_lock.h"
#include "core/support/shell_word.h"
#include "training/data/data_set_table.h"
#include "training/models/model_table.h"
#include "training/rewiring/rewiring_table.h"
#include "training/runs/changed_setting.h"
#include "training/runs/run_seeds.h"
#include "training/runs/training_parameters.h"
#include "training/tasks/task_table.h"

namespace dnm::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  TableOptions table;  ///< sparsity, seeds, validation and the options of the runs
  JobsOption jobs;
  std::string folder;
  std::optional<std::string> file, rows;
};

constexpr double usual_sparsity = 0.99;
constexpr std::string_view published_sparsity = "0.99";

std::vector<std::int64_t> usual_seeds() { return {0, 1, 2}; }

/// The row of `dnm train`; here it concerns a second group of runs.
const ParameterInfo& validation_info() {
  static const ParameterInfo info = [] {
    ParameterInfo made = training_parameter_table().at("validation").info;
    made.meaning = "A second group of runs holds that many training examples out; 0: no such group";
    return made;
  }();
  return info;
}

/// The named rows, each once; all rows when none is named. Throws InvalidInput.
std::vector<const ComparisonRow*> rows_of(const std::optional<std::string>& ids) {
  std::vector<const ComparisonRow*> rows;
  if (!ids) {
    for (const ComparisonRow& row : comparison_rows()) rows.push_back(&row);
    return rows;
  }
  for (const std::string& id : listed(*ids)) {
    const ComparisonRow* const row = &comparison_row(id);
    if (std::find(rows.begin(), rows.end(), row) != rows.end()) {
      throw InvalidInput("--rows names " + id + " twice; name each row once");
    }
    rows.push_back(row);
  }
  if (rows.empty())
    throw InvalidInput("--rows is empty; name rows such as random,bsw, or leave it out for all of them");
  return rows;
}

class Comparison {
 public:
  Comparison(const Options& options, const CommandContext& context)
      : options_(options),
        context_(context),
        rows_(rows_of(options.rows)),
        rules_(compared_rules(options.table)),
        runner_(options.jobs.jobs()) {
    apply_options(options.table, rules_);
    settings_ = rules_.front().settings;
    for (const ComparedRule& rule : rules_) report_.methods.push_back(rule.choice);
    static_cast<void>(matrices_of(settings_));  // refuses a shape that cannot be
    const TaskShape data = shape_of(settings_);
    if (!draws_matrices(settings_)) {
      base_.layer_sizes = {data.inputs};
      for (const std::int64_t size : settings_.hidden) base_.layer_sizes.push_back(static_cast<NodeIndex>(size));
    }
    base_.data_set = settings_.data_set;
    base_.data_folder = settings_.data_folder;
    const auto& sparsity = model_parameter_table().at("sparsity");
    sparsity.set(base_, options.table.value(sparsity.info).value_or(usual_sparsity));
    const ParameterValue seeds = options.table.value(seeds_info()).value_or(usual_seeds());
    seeds_ = seeds_of(seeds);
    if (seeds_.empty()) throw InvalidInput("--seeds is empty; give numbers such as 0,1,2");
    const auto validation = options.table.value(validation_info());
    validation_ = validation ? std::get<std::int64_t>(*validation) : usual_held_out(settings_);
    report_.data_set = data.data_set;
    leave_out_rows();
    if (!draws_matrices(settings_)) {
      report_.layer_sizes = base_.layer_sizes;
      report_.layer_sizes.push_back(data.outputs);
    }
    report_.sparsity = format_value(sparsity.info, sparsity.get(base_));
    report_.epochs = settings_.epochs;
    report_.seeds = format_value(seeds_info(), seeds);
    report_.command = context.command_line;
  }

  int run() {
    const OutputFolder folder(options_.folder);
    const FolderLock lock(options_.folder, "a comparison");
    std::vector<std::int64_t> sections{0};
    if (validation_ > 0) sections.push_back(validation_);
    const std::vector<Cell> cells = table_cells();
    for (const std::int64_t validation : sections) {
      for (const Cell& cell : cells) check_continues(plan_of(*cell.row, *cell.rule, validation));
    }
    ComparisonTables tables(options_.folder);
    const auto add = [&](ComparisonReport::Row row) {
      report_.rows.push_back(std::move(row));
      tables.write(report_);
    };
    const std::string rows_in_all = std::to_string(sections.size() * cells.size());
    std::size_t number = 0;
    std::optional<ComparisonReport::Row> failed;  // reported unless the next row fails alike
    for (const std::int64_t validation : sections) {
      bool has_trained = false;  // a row of this group
      for (const Cell& cell : cells) {
        ComparisonReport::Row done =
            train(*cell.row, *cell.rule, validation, "row " + std::to_string(++number) + "/" + rows_in_all);
        if (context_.stop.stop_requested()) {
          throw Error("stopped on request; the same command resumes it");
        }
        const std::string problem = problem_of(done.experiment);
        // A failure common to all rows of a group, such as missing data, is not about the rows.
        if (failed && problem_of(failed->experiment) == problem && !has_trained &&
            (report_.rows.empty() || failed->experiment.start.training.validation == validation)) {
          throw Error(problem);
        }
        if (failed) {
          add(*failed);
          print_notice(sentence(failed->experiment));
          failed.reset();
        }
        if (!problem.empty()) {
          failed = std::move(done);
          continue;
        }
        has_trained = true;
        add(std::move(done));
        std::cout << sentence(report_.rows.back().experiment) << std::endl;
      }
    }
    if (failed) add(*failed);
    const auto failures = std::count_if(report_.rows.begin(), report_.rows.end(),
                                        [](const auto& row) { return !problem_of(row.experiment).empty(); });
    if (failures == 0) {
      if (tables.kept_rows() > 0)
        print_notice("the tables in " + options_.folder + " have the " + counted(report_.rows.size(), "row") +
                     " of this command alone, instead of " + std::to_string(tables.kept_rows()) +
                     "; the runs of the others stay, and a command that names all rows lists them again");
      tables.write_all(report_);
      return 0;
    }
    if (tables.kept_rows() > 0)
      print_notice("the tables in " + options_.folder + " have more figures and stay as they were");
    if (failures == 1 && failed) throw Error(sentence(failed->experiment));
    if (failed) print_notice(sentence(failed->experiment));
    throw Error(std::to_string(failures) + " of " + std::to_string(report_.rows.size()) +
                " rows failed; the same command tries them again");
  }

 private:
  /// One group of runs.
  struct Cell {
    const ComparisonRow* row;
    const ComparedRule* rule;
  };
  /// Every row under every rule; says which are left out since a network without missing links cannot be rewired.
  /// Throws InvalidInput when nothing is left.
  [[nodiscard]] std::vector<Cell> table_cells() const {
    std::vector<Cell> cells;
    std::string dense;
    for (const ComparisonRow* row : rows_) {
      bool left_out = false;
      for (const ComparedRule& rule : rules_) {
        if (!why_not_trained(*row, rule.settings).empty()) {
          left_out = true;
        } else {
          cells.push_back({row, &rule});
        }
      }
      if (left_out) dense += (dense.empty() ? "" : ", ") + std::string(row->id);
    }
    const std::string reason = "dense networks have no link to grow: left out " + dense;
    if (cells.empty()) throw InvalidInput(reason + "; name other --rows");
    if (!dense.empty()) print_notice(reason + " under rewiring rules");
    return cells;
  }

  /// Leaves out, with a note for each reason, the rows that cannot be trained with this data whatever the rule. Throws
  /// InvalidInput where they were named.
  void leave_out_rows() {
    TrainingSettings keeps_links = settings_;
    keeps_links.method = TrainingSettings{}.method;
    std::map<std::string, std::string> ids;
    std::erase_if(rows_, [&](const ComparisonRow* row) {
      const std::string reason = why_not_trained(*row, keeps_links);
      if (reason.empty()) return false;
      ids[reason] += (ids[reason].empty() ? "" : ", ") + std::string(row->id);
      return true;
    });
    for (const auto& [reason, of_rows] : ids) {
      if (options_.rows) throw InvalidInput(reason + ": leave " + of_rows + " out of --rows");
      print_notice(reason + ": left out " + of_rows);
    }
  }

  /// "Random, 5,000 examples held out: last 86.12 ± 0.05 %, …", or why there is no result.
  static std::string sentence(const Experiment& experiment) {
    std::string text = experiment.name;
    if (const auto held_out = static_cast<std::uint64_t>(experiment.start.training.validation); held_out > 0)
      text += ", " + counted(held_out, "example") + " held out";
    const std::string& problem = problem_of(experiment);
    return text + ": " + (problem.empty() ? figures(summary_of(experiment)) : problem);
  }

  static std::string figures(const RunSummary& summary) {
    std::string text = "last " + mean_text(summary.metric, summary.last) + ", best on test " +
                       mean_text(summary.metric, summary.best_on_test);
    if (!summary.at_best_validation.empty()) {
      text += ", at best validation " + mean_text(summary.metric, summary.at_best_validation);
    }
    return text;
  }

  [[nodiscard]] ModelParameters parameters_of(const ComparisonRow& row, std::uint64_t seed) const {
    ModelParameters parameters = dnm::parameters_of(row, base_);
    parameters.seed = seed;
    return parameters;
  }

  /// Of a cell, without its network.
  [[nodiscard]] ExperimentPlan plan_of(const ComparisonRow& row, const ComparedRule& rule,
                                       std::int64_t validation) const {
    const bool is_static = rule.choice.id == TrainingSettings{}.method;
    ExperimentPlan plan;
    plan.name = std::string(row.label) + (is_static ? "" : ", " + std::string(rule.choice.label));
    plan.command_line = command_of(row, rule, validation);
    plan.start.parameters = parameters_of(row, seeds_.front());
    plan.start.seeds = row.one_seed ? std::vector{seeds_.front()} : seeds_;
    TrainingSettings& settings = plan.start.training;
    settings = rule.settings;
    settings.validation = validation;
    settings.resume = true;
    const std::string ending = validation > 0 ? "-" + std::to_string(validation) + "-held-out" : "";
    const std::string of_rule = is_static ? "" : "-" + std::string(rule.choice.id);
    fs::path folder = fs::path(options_.folder) / "runs" / (std::string(row.id) + of_rule + ending);
    // A single run gets its own folder inside the experiment's too, as several runs do.
    if (plan.start.seeds.size() == 1) folder /= seed_folder_name(plan.start.seeds.front());
    settings.run_folder = folder.string();
    return plan;
  }

  /// Throws InvalidInput where a run of the cell was started with other settings.
  static void check_continues(const ExperimentPlan& plan) {
    const TrainingSettings settled = settled_training(plan.start);
    for (const std::uint64_t seed : plan.start.seeds) {
      const TrainingSettings now = settings_of_seed(settled, seed, plan.start.seeds.size());
      const auto then = settings_to_resume(now.run_folder);
      const ChangedSetting changed = then ? changed_setting(*then, now) : ChangedSetting{};
      if (changed.id.empty()) continue;
      throw InvalidInput("the run in " + now.run_folder + " was started with " + changed.id + " " + changed.then +
                         ", not " + changed.now + "; compare with what it was started with, or in another folder (-o)");
    }
  }

  ComparisonReport::Row train(const ComparisonRow& row, const ComparedRule& rule, std::int64_t validation,
                              const std::string& progress_label) {
    ComparisonReport::Row done{std::string(row.id)};
    done.initialiser = row.label;
    if (settings_.data_set == "fashion-mnist" && report_.sparsity == published_sparsity) {
      done.published = row.published_under(rule.choice.id);
    }
    ExperimentPlan plan = plan_of(row, rule, validation);
    const FollowOptions follow{
        progress_label, [name = plan.name](std::uint64_t seed) { return name + ", seed " + std::to_string(seed); }};
    if (!draws_matrices(settings_)) {
      const NodeIndex classes = shape_of(plan.start.training).outputs;
      plan.topology =
          topology_of_seed(follow, [this, &row, &rule, classes](std::uint64_t seed, const TaskControl& control) {
            return draw_network(first_parameters(parameters_of(row, seed), rule.settings), control, classes);
          });
    }
    done.experiment = follow_experiment(runner_, std::move(plan), follow, context_.stop);
    runner_.discard({done.experiment.id, {}});
    return done;
  }

  [[nodiscard]] std::string command_of(const ComparisonRow& row, const ComparedRule& rule,
                                       std::int64_t validation) const {
    std::string command = "dnm train";
    for (const auto& [id, text] : to_texts(parameters_of(row, 0))) {
      if (id == "seed" || id == "data" || id == "data-dir" || (id == "layers" && draws_matrices(settings_))) continue;
      command += " --" + id + " " + shell_word(text);
    }
    for (const auto& [id, text] : rule.given) command += " --" + id + " " + shell_word(text);
    command += " --seeds " + (row.one_seed ? std::to_string(seeds_.front()) : report_.seeds);
    if (validation > 0) command += " --validation " + std::to_string(validation);
    return command;
  }

  const Options& options_;
  const CommandContext& context_;
  std::vector<const ComparisonRow*> rows_;
  std::vector<ComparedRule> rules_;
  ExperimentRunner runner_;
  TrainingSettings settings_;  ///< of the first rule: data and layers are those of all
  ModelParameters base_;
  std::vector<std::uint64_t> seeds_;
  std::int64_t validation_ = 0;
  ComparisonReport report_;
};

}  // namespace

RunCommand declare_compare(OptionParser& parser) {
  const auto options = std::make_shared<Options>();
  const std::vector<std::string_view> shipped = shipped_experiment_ids(ExperimentKind::comparison);
  parser.add({.name = "FILE",
              .help = "A comparison (.json), or one that comes with the program: " + names_of(shipped) +
                      "; options count before what it says",
              .choices = shipped},
             options->file);
  parser.add({.name = "-o,--output",
              .help = "Folder for comparison.csv, comparison.md, comparison.tex and the run folders",
              .placeholder = "DIR",
              .required = true},
             options->folder);
  parser.add({.name = "--rows",
              .help = "Rows of the table, of " + names_of(row_ids(comparison_rows())) + " [all]",
              .placeholder = "ID,ID,…",
              .choices = row_ids(comparison_rows())},
             options->rows);
  options->table.add(parser, seeds_info(), usual_seeds(), "Options");
  parser.set_help("--seeds", "One run per seed; the dense net takes the first alone [0,1,2]");
  options->table.add(parser, validation_info(), std::int64_t{0}, "Options");
  parser.set_help("--validation",
                  std::string(validation_info().meaning) + " [" + std::string(usual_held_out_words) + "]");
  options->jobs.declare(parser, "Options");
  options->table.add(parser, model_parameter_table().at("sparsity").info, usual_sparsity, "Model");
  options->table.add(parser, training_parameter_table(), TrainingSettings{}, "Training", not_compared);
  parser.set_help("--method", "Rewiring rules, the columns of the table, of " + names_of(row_ids(rewiring_table())) +
                                  " [" + TrainingSettings{}.method + "]");
  return [options](const CommandContext& context) {
    if (options->file) read_comparison_file(*options->file, options->table, options->rows);
    name_data_file(options->table);
    return Comparison(*options, context).run();
  };
}

}  // namespace dnm::cli
