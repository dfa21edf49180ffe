// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

#include "app/cli/command.h"
#include "app/cli/comparison_file.h"
#include "app/cli/comparison_group.h"
#include "app/cli/comparison_tables.h"
#include "app/cli/follow_training.h"
#include "app/cli/network_options.h"
#include "app/cli/output_folder.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "app/workspace/experiments/shipped_experiments.h"
#include "app/workspace/words.h"
#include "core/parameters/look_up.h"
#include "core/parameters/number_text.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/folder_lock.h"
#include "training/rewiring/rewiring_table.h"
#include "training/runs/run_seeds.h"
#include "training/runs/training_parameters.h"

namespace dnm::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  TableOptions table;  ///< sparsity, seeds, validation and the options of the runs
  JobsOption jobs;
  std::string folder;
  std::optional<std::string> file, rows;
  OwnRows own_rows;
};

constexpr double usual_sparsity = 0.99;

/// The named rows, each once; all rows when none is named. Throws InvalidInput.
std::vector<const ComparisonRow*> rows_of(const std::optional<std::string>& ids, const OwnRows& own) {
  std::vector<const ComparisonRow*> rows;
  if (!ids) {
    for (const ComparisonRow& row : comparison_rows()) rows.push_back(&row);
    return rows;
  }
  for (const std::string& id : listed(*ids)) {
    const ComparisonRow* row = own.find(id);
    if (row == nullptr) row = &comparison_row(id);
    if (std::ranges::find(rows, row) != rows.end())
      throw InvalidInput("--rows names " + id + " twice; name each row once");
    rows.push_back(row);
  }
  if (rows.empty())
    throw InvalidInput("--rows is empty; name rows such as random,bsw, or leave it out for all of them");
  return rows;
}

/// The parts of an option that takes one value elsewhere, and several here, each once; `usual` where it is not given.
std::vector<std::string> values_of(const TableOptions& options, std::string_view id, const std::string& usual) {
  std::vector<std::string> values;
  if (options.given(id)) {
    const std::string& text = options.texts(id).back();
    std::error_code error;
    const bool is_file = fs::exists(text, error);  // whose name may hold a comma
    for (std::string& value : is_file ? std::vector{text} : listed(text)) {
      if (std::ranges::find(values, value) != values.end())
        throw InvalidInput("--" + std::string(id) + " names " + value + " twice; name it once");
      values.push_back(std::move(value));
    }
  }
  if (values.empty()) values.push_back(usual);
  return values;
}

/// The groups of a comparison: every data set at every sparsity. Throws InvalidInput, FileError.
std::vector<ComparisonGroup> groups_of(Options& options) {
  const ParameterInfo& sparsity = model_parameter_table().at("sparsity").info;
  const std::vector<std::string> data_sets = values_of(options.table, "data", TrainingSettings{}.data_set),
                                 sparsities = values_of(options.table, "sparsity", format_real(usual_sparsity));
  const bool several = data_sets.size() * sparsities.size() > 1;
  std::vector<ComparisonGroup> groups;
  for (const std::string& data : data_sets) {
    if (data_sets.size() > 1) {
      options.table.take_back("data-file");
      options.table.give("data", data);
    }
    name_data_file(options.table);
    for (const std::string& text : sparsities) {
      ComparisonGroup group(options.table, rows_of(options.rows, options.own_rows), options.rows.has_value(),
                            std::get<double>(parse_value(sparsity, text)));
      group.set_folder(fs::path(options.folder) / "runs",
                       several ? "-" + fs::path(data).filename().string() + "-" + group.sparsity() : "");
      if (text != sparsities.front()) group.leave_out_dense();
      for (const ComparisonGroup& other : groups) {
        if (other.folder_ending() == group.folder_ending())
          throw InvalidInput("--data names two files of the name " + fs::path(data).filename().string() +
                             ", or --sparsity one number twice; compare them in folders of their own");
        if (&other.leading_metric() != &group.leading_metric())
          throw InvalidInput(other.data_label() + " and " + group.data_label() +
                             " are judged by different metrics; compare them apart");
      }
      groups.push_back(std::move(group));
    }
  }
  return groups;
}

/// What all groups have in common, or each of their texts once.
std::string words_of(const std::vector<ComparisonGroup>& groups, const std::string& (ComparisonGroup::*text)() const) {
  std::string words;
  std::vector<std::string> known;
  for (const ComparisonGroup& group : groups) {
    if (std::ranges::find(known, (group.*text)()) != known.end()) continue;
    known.push_back((group.*text)());
    words.append(words.empty() ? "" : ", ").append(known.back());
  }
  return words;
}

class Comparison {
 public:
  Comparison(Options& options, const CommandContext& context)
      : options_(options), context_(context), groups_(groups_of(options)), runner_(options.jobs.jobs()) {
    const ComparisonGroup& first = groups_.front();
    for (const ComparedRule& rule : first.rules()) report_.methods.push_back(rule.choice);
    report_.data_set = words_of(groups_, &ComparisonGroup::data_label);
    report_.sparsity = words_of(groups_, &ComparisonGroup::sparsity);
    const bool same_layers =
        std::ranges::all_of(groups_, [&](const auto& group) { return group.layer_sizes() == first.layer_sizes(); });
    if (same_layers) report_.layer_sizes = first.layer_sizes();
    report_.epochs = first.epochs();
    report_.seeds = first.seeds_words();
    report_.command = context.command_line;
  }

  int run() {
    const OutputFolder folder(options_.folder);
    const FolderLock lock(options_.folder, "a comparison");
    std::vector<std::pair<const ComparisonGroup*, ComparisonGroup::Cell>> cells;
    for (const ComparisonGroup& group : groups_)
      for (const ComparisonGroup::Cell& cell : group.cells()) cells.emplace_back(&group, cell);
    for (const auto& [group, cell] : cells) group->check_continues(cell);
    ComparisonTables tables(options_.folder);
    const auto add = [&](ComparisonReport::Row row) {
      report_.rows.push_back(std::move(row));
      tables.write(report_);
    };
    std::optional<ComparisonReport::Row> failed;  // reported unless the next row fails alike
    bool has_trained = false;                     // a row of this section
    for (std::size_t number = 0; number < cells.size(); ++number) {
      const auto& [group, cell] = cells[number];
      if (number == 0 || !same_section(cells[number - 1], cells[number])) has_trained = false;
      ComparisonReport::Row done =
          train(*group, cell, "row " + std::to_string(number + 1) + "/" + std::to_string(cells.size()));
      if (context_.stop.stop_requested()) throw Error("stopped on request; the same command resumes it");
      const std::string problem = problem_of(done.experiment);
      // A failure common to all rows of a section, such as missing data, is not about the rows.
      const bool alone = report_.rows.empty() || (number > 0 && same_section(cells[number - 1], cells[number]));
      if (failed && problem_of(failed->experiment) == problem && !has_trained && alone) throw Error(problem);
      if (failed) {
        add(*failed);
        print_notice(sentence(*failed));
        failed.reset();
      }
      if (!problem.empty()) {
        failed = std::move(done);
        continue;
      }
      has_trained = true;
      add(std::move(done));
      std::cout << sentence(report_.rows.back()) << std::endl;
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
    if (failures == 1 && failed) throw Error(sentence(*failed));
    if (failed) print_notice(sentence(*failed));
    throw Error(std::to_string(failures) + " of " + std::to_string(report_.rows.size()) +
                " rows failed; the same command tries them again");
  }

 private:
  using Place = std::pair<const ComparisonGroup*, ComparisonGroup::Cell>;
  static bool same_section(const Place& a, const Place& b) {
    return a.first == b.first && a.second.validation == b.second.validation;
  }

  /// "Random, 5,000 examples held out: last 86.12 ± 0.05 %, …", or why there is no result.
  [[nodiscard]] std::string sentence(const ComparisonReport::Row& row) const {
    const Experiment& experiment = row.experiment;
    std::string text = experiment.name;
    if (groups_.size() > 1) text += ", " + row.data_set + " at sparsity " + row.sparsity;
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

  ComparisonReport::Row train(const ComparisonGroup& group, const ComparisonGroup::Cell& cell,
                              const std::string& progress_label) {
    ComparisonReport::Row done = group.row_of(cell);
    const std::string name = group.plan_of(cell).name;
    const FollowOptions follow{progress_label,
                               [name](std::uint64_t seed) { return name + ", seed " + std::to_string(seed); }};
    done.experiment = follow_experiment(runner_, group.plan_with_networks(cell, follow), follow, context_.stop);
    runner_.discard({done.experiment.id, {}});
    return done;
  }

  const Options& options_;
  const CommandContext& context_;
  std::vector<ComparisonGroup> groups_;
  ExperimentRunner runner_;
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
  parser.set_help("--sparsity",
                  "Share of the links that are missing, or several with commas between them: each makes "
                  "tables of its own [" +
                      format_real(usual_sparsity) + "]");
  options->table.add(parser, training_parameter_table(), TrainingSettings{}, "Training", not_compared);
  parser.set_help("--method", "Rewiring rules, the columns of the table, of " + names_of(row_ids(rewiring_table())) +
                                  " [" + TrainingSettings{}.method + "]");
  return [options](const CommandContext& context) {
    if (options->file) options->own_rows = read_comparison_file(*options->file, options->table, options->rows);
    return Comparison(*options, context).run();
  };
}

}  // namespace dnm::cli
