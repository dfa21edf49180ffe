// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/search_output.h"

#include <filesystem>
#include <iostream>
#include <string_view>
#include <utility>
#include <vector>

#include "app/cli/figure_file.h"
#include "app/cli/json_output.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "app/workspace/metric_json.h"
#include "app/workspace/search/search_plot.h"
#include "app/workspace/search/search_report.h"
#include "app/workspace/search/search_results.h"
#include "app/workspace/words.h"
#include "core/support/digits.h"
#include "core/support/error.h"

namespace dnm::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t printed_trials = 10;

/// "trial 12, rung 1", "trial 12, seed 1001".
std::string step_words(const SearchPlan& plan, const SearchStep& step) {
  std::string words = "trial " + std::to_string(step.trial);
  if (step.final_seed) return words + ", seed " + std::to_string(*step.final_seed);
  if (plan.sampler == SearchSampler::asha) words += ", rung " + std::to_string(step.rung);
  return words;
}

#ifdef DNM_STUDIO
void write_figure(const SearchFolder& search, const SearchResults& results, const fs::path& path,
                  const std::string& command_line) {
  write_charts(path, {std::string(all_pictures), {}, {}, {}, search_plot(search.plan(), search.space(), results)},
               search_words(search.plan()), trial_start(search.plan(), search.space().values(0)).state, command_line);
}
#else
void write_figure(const SearchFolder&, const SearchResults&, const fs::path&, const std::string&) {}
#endif

Json results_json(const SearchPlan& plan, const SearchResults& results, const SearchImportance& importance) {
  Json json{{"trials", results.trials.size()},
            {"steps", results.over},
            {"failed", results.failed},
            {"seconds", number_json(results.seconds)}};
  json["best"] = Json::array();
  for (const std::int64_t number : results.best) {
    const TrialResult* const trial = find_trial(results, number);
    if (trial == nullptr) continue;
    Json one{{"trial", number}, {"epochs", trial->epochs}};
    one["values"] = Json::object();
    for (const auto& [id, text] : trial->values) one["values"][id] = text;
    for (std::size_t i = 0; i < plan.objectives.size(); ++i)
      one["objectives"][plan.objectives[i].id] = trial->objectives[i] ? number_json(*trial->objectives[i]) : Json();
    one["command"] = command_of_trial(plan, *trial);
    json["best"].push_back(std::move(one));
  }
  json["finals"] = Json::array();
  for (const FinalResult& one : results.finals) {
    Json entry{{"trial", one.trial}, {"n", one.runs}};
    for (const auto& [id, values] : one.values) entry["values"][id] = values;
    json["finals"].push_back(std::move(entry));
  }
  for (std::size_t i = 0; i < importance.shares.size(); ++i)
    json["importance"][plan.varied[i].id] = importance.shares[i];
  return json;
}

void print_table(const std::vector<std::vector<std::string>>& cells) {
  if (cells.size() < 2) return;
  TextTable table;
  for (const std::vector<std::string>& line : cells) table.add(line);
  std::cout << '\n' << table.text();
}

void print_results(const SearchPlan& plan, const SearchResults& results, const SearchImportance& importance,
                   const std::vector<std::string>& files) {
  std::cout << '\n' << search_words(plan) << '\n' << progress_words(plan, results) << '\n';
  print_table(search_cells(plan, results, printed_trials));
  print_table(final_cells(plan, results));
  if (const std::string words = importance_words(plan, importance); !words.empty())
    std::cout << "\nimportance (functional ANOVA, " << counted(importance.trials, "trial") << "): " << words << '\n';
  if (!results.best.empty()) {
    if (const TrialResult* best = find_trial(results, results.best.front()))
      std::cout << "\nbest setting: " << command_of_trial(plan, *best) << '\n';
    if (results.best.size() > 1)
      std::cout << "It is the first of " << results.best.size()
                << " of the Pareto front; search.md has the commands of all.\n";
  }
  std::cout << "written: " << names_of(std::vector<std::string_view>(files.begin(), files.end())) << '\n';
}

/// Where no trial came to a value, the reason is about all of them.
void check_any_value(const SearchResults& results) {
  if (!results.best.empty() || results.trials.empty()) return;
  throw Error("no trial of the search has a value: " + results.trials.front().reason);
}

}  // namespace

std::string outcome_words(const SearchFolder& search, const StepRecord& record) {
  const SearchPlan& plan = search.plan();
  std::string words = step_words(plan, record.step);
  for (const auto& [id, text] : trial_start(plan, search.space().values(record.step.trial)).values)
    words += ", " + id + " " + text;
  words += ": ";
  if (record.state == StepState::failed) return words + "failed: " + record.reason;
  if (const std::string broken = broken_constraint(plan, record); !broken.empty()) return words + broken;
  std::string figures;
  for (const SearchObjective& objective : plan.objectives) {
    const auto value = mean_value(plan, record, objective.id);
    figures += (figures.empty() ? "" : ", ") + name_in_sentence(objective.id) + " ";
    figures += !value                     ? "n/a"
               : is_measure(objective.id) ? with_significant(*value, 4)
                                          : metric_text(metric(objective.id), *value);
  }
  return words + figures;
}

int write_and_print_results(const SearchFolder& search, std::span<const StepRecord> records,
                            const SearchOutput& output) {
  const SearchPlan& plan = search.plan();
  const SearchResults results = search_results(plan, search.space(), records);
  check_any_value(results);
  const SearchImportance importance = search_importance(plan, search.space(), records);
  std::vector<std::string> files = write_search_tables(search.path(), plan, results, importance);
  for (const fs::path& path : {draws_figures ? search.path() / "search.svg" : fs::path(), fs::path(output.figure)}) {
    if (path.empty()) continue;
    write_figure(search, results, path, output.command_line);
    files.push_back(path.string());
  }
  if (output.json) {
    std::cout << ascii_text(results_json(plan, results, importance), 2) << '\n';
  } else {
    print_results(plan, results, importance, files);
  }
  return 0;
}

}  // namespace dnm::cli
