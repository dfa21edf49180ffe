// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/figure_file.h"
#include "app/cli/follow_training.h"
#include "app/cli/output_folder.h"
#include "app/cli/search_options.h"
#include "app/cli/search_output.h"
#include "app/cli/search_slurm.h"
#include "app/cli/terminal.h"
#include "app/workspace/module_loader.h"
#include "app/workspace/search/search_folder.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/shell_word.h"
#include "training/tasks/task_table.h"

namespace dnm::cli {
namespace {

namespace fs = std::filesystem;

/// Between two looks for work: many that join a search share one folder.
constexpr std::chrono::milliseconds pause_without_work{500}, pause_of_many{5000};

struct Options {
  SearchOptions search;
  JobsOption jobs;
  SlurmOptions slurm;
  std::string folder, figure;
  bool join = false, json = false;
};

/// What the workers of this process do, on the terminal.
class SearchProgress {
 public:
  SearchProgress(const SearchFolder& search, bool prints, std::size_t done)
      : search_(search), prints_(prints), done_(done), line_("searching") {}

  void step_goes_on(const SearchStep& step, double fraction) {
    const std::lock_guard lock(mutex_);
    under_way_[step.id] = fraction;
    show();
  }
  void step_done(const StepRecord& record) {
    const std::lock_guard lock(mutex_);
    under_way_.erase(record.step.id);
    if (!record.step.final_seed && record.step.rung == 0) ++done_;
    line_.clear();
    if (prints_) std::cout << outcome_words(search_, record) << std::endl;
    show();
  }
  void say(const std::string& notice) {
    const std::lock_guard lock(mutex_);
    line_.clear();
    print_notice(notice);
  }

 private:
  void show() {
    double sum = static_cast<double>(done_);
    for (const auto& [id, fraction] : under_way_) sum += fraction;
    const auto trials = static_cast<double>(search_.plan().trials);
    line_.show(std::min(1.0, sum / trials),
               std::to_string(done_) + " of " + counted(static_cast<std::uint64_t>(search_.plan().trials), "trial"));
  }

  const SearchFolder& search_;
  bool prints_;
  std::mutex mutex_;
  std::size_t done_;  ///< trials whose first rung is over
  std::map<std::string, double> under_way_;
  ProgressLine line_;
};

/// Loads and finds what the trials need, so that its lack is no failure of theirs.
void check_training(const SearchPlan& plan) {
  if (!trains(plan)) return;
  static_cast<void>(training_module());
  const std::uint64_t examples = training_examples(plan.training);
  if (const auto held_out = static_cast<std::uint64_t>(plan.training.validation); held_out >= examples)
    throw InvalidInput("of " + counted(examples, "example") + " to train with, " + counted(held_out, "example") +
                       " cannot be held out; hold fewer out (--validation)");
}

/// Works until the search is done. Throws Error where it was stopped.
void work(const SearchFolder& search, SharedWork& shared, const Options& options, const std::stop_token& stop) {
  const std::vector<StepRecord> before = search.records(shared.items());
  const auto done = std::ranges::count_if(before, [](const StepRecord& record) {
    return record.state != StepState::claimed && record.step.rung == 0 && !record.step.final_seed;
  });
  SearchProgress progress(search, !options.json && !options.join, static_cast<std::size_t>(done));
  WorkKind kind = search.work_kind([&](const SearchStep& step, double part) { progress.step_goes_on(step, part); },
                                   [&](const std::string& notice) { progress.say(notice); });
  kind.run = [&, run = std::move(kind.run)](const std::string& id, const TaskControl& control) {
    std::string result = run(id, control);
    if (const auto step = step_of(search.plan(), id)) progress.step_done(record_from_json(*step, result));
    return result;
  };
  WorkLoopSettings settings;
  settings.pause = options.join ? pause_of_many : pause_without_work;
  const WorkOutcome outcome = work_until_finished(shared, kind, settings, options.jobs.jobs(), {stop, {}});
  if (outcome.end != WorkEnd::cancelled || options.join) return;
  const std::string reason = shared.cancelled().value_or("");
  throw Error("the search was cancelled" + (reason.empty() ? "" : ": " + reason));
}

int join_search(const Options& options, const std::stop_token& stop) {
  const SearchFolder search(options.folder);
  check_training(search.plan());
  SharedWork shared(shared_files_in(search.path() / search_work_folder));
  work(search, shared, options, stop);
  return 0;
}

int run_search(Options& options, const CommandContext& context) {
  if (options.join) {
    if (options.search.says_what()) throw UsageError("--join takes part in the search of -o; leave out what it is of");
    return join_search(options, context.stop);
  }
  options.slurm.check();
  if (options.slurm.is_asked() && options.jobs.is_given())
    throw UsageError(
        "--jobs is for trials on this machine; on a cluster --array-limit says how many workers there are");
  check_figure_name(options.figure);
  const SearchPlan plan = options.search.plan(options.folder);
  check_training(plan);
  check_begins(options.folder, plan);
  if (options.slurm.is_dry_run()) return submit_to_slurm(options.slurm, options.folder, plan, context.stop);
  const OutputFolder made(options.folder);
  begin_search(options.folder, plan, context.command_line);
  if (options.slurm.is_asked()) return submit_to_slurm(options.slurm, options.folder, plan, context.stop);
  const SearchFolder search(options.folder);
  SharedWork shared(shared_files_in(search.path() / search_work_folder));
  shared.allow();
  try {
    work(search, shared, options, context.stop);
  } catch (const Cancelled&) {
    throw Error("stopped on request; dnm search -o " + shell_word(options.folder) + " goes on with it");
  }
  return write_and_print_results(search, search.records(shared.items()),
                                 {options.figure, options.json, context.command_line});
}

std::string notes() {
  return "VALUES are values between commas or semicolons, or a range FROM:TO of any number in it; FROM:TO:COUNT takes "
         "one of so many, and a grid needs that. A value may hold ranges in braces, so that a spread is searched only "
         "where its family has one: degree=fixed;gaussian:{0.5:4}, "
         "dendrites=fixed:{1:15:15:linear};gaussian:{3:9},{0.5:3}. "
         "Ranges of logarithmic parameters go by equal ratios; :log or :linear at their end says otherwise.\n"
         "A search that was stopped goes on with dnm search -o DIR, on any number of machines that share the folder; "
         "trials can be added with a larger --trials (random, asha).\n"
         "More: dnm help search.\n";
}

}  // namespace

RunCommand declare_search(OptionParser& parser) {
  const auto options = std::make_shared<Options>();
  options->search.declare(parser);
  parser.add({.name = "-o,--output",
              .help = "Folder of the search: its description, run folders, tables (search.csv, .md, .tex), figure and "
                      "the best setting (best.json, best.dnm.json)",
              .placeholder = "DIR",
              .required = true},
             options->folder);
  parser.add(
      {.name = "--figure", .help = "Draw the trials in parallel coordinates (.svg, .pdf, .png)", .placeholder = "FILE"},
      options->figure);
  options->jobs.declare(parser, "Options");
  parser.set_help("--jobs",
                  "Trials side by side, one thread each, at most as many as there are processors; 0: that "
                  "many; other processes may work on the same folder [0]");
  parser.add_flag({.name = "--join",
                   .help = "Only take part in the search of -o, until it is done: no tables, figures and results"},
                  options->join);
  parser.add_flag({.name = "--json", .help = "Print the results as one JSON object"}, options->json);
  options->slurm.declare(parser);
  parser.set_notes([] { return notes(); });
  return [options](const CommandContext& context) { return run_search(*options, context); };
}

}  // namespace dnm::cli
