// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/search/search_report.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <utility>

#include "app/workspace/command_lines.h"
#include "app/workspace/experiments/latex_cells.h"
#include "app/workspace/experiments/markdown_cells.h"
#include "app/workspace/session/session.h"
#include "app/workspace/words.h"
#include "core/files/atomic_file.h"
#include "core/files/parameters_json.h"
#include "core/parameters/look_up.h"
#include "core/parameters/number_text.h"
#include "core/support/csv_cell.h"
#include "core/support/digits.h"
#include "core/support/json.h"
#include "training/runs/run_summary.h"
#include "training/tasks/task_table.h"

namespace dnm {

namespace {

namespace fs = std::filesystem;
using Line = std::vector<std::string>;

constexpr std::size_t most_rows = 20;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

bool is_percent(std::string_view id) { return !is_measure(id) && metric(id).unit == MetricUnit::fraction; }

/// "87.34 ± 0.12": over the seeds.
std::string value_cell(std::string_view id, const std::vector<double>& values) {
  if (values.empty() || !std::ranges::all_of(values, [](double value) { return std::isfinite(value); })) return "n/a";
  const MeanWithError mean = mean_with_error(values);
  return mean_and_error(mean.mean, mean.standard_error, is_percent(id));
}

std::string heading_of(std::string_view id) { return name_of_value(id) + (is_percent(id) ? " (%)" : ""); }

/// The objectives and what conditions are on, each once.
Line shown_values(const SearchPlan& plan) {
  Line ids;
  for (const SearchObjective& objective : plan.objectives) ids.push_back(objective.id);
  for (const SearchConstraint& constraint : plan.constraints) {
    if (std::ranges::find(ids, constraint.id) == ids.end()) ids.push_back(constraint.id);
  }
  return ids;
}

std::string value_of_parameter(const TrialResult& trial, const std::string& id) {
  const auto found = std::ranges::find(trial.values, id, &ParameterTexts::value_type::first);
  return found == trial.values.end() ? std::string() : found->second;
}

const std::vector<double>& figures_of(const std::map<std::string, std::vector<double>>& figures,
                                      const std::string& id) {
  static const std::vector<double> none;
  const auto found = figures.find(id);
  return found == figures.end() ? none : found->second;
}

std::string list_of(const Line& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

std::string markdown_table(const std::vector<Line>& cells) {
  std::string text;
  for (std::size_t i = 0; i < cells.size(); ++i) text += i == 0 ? markdown_head(cells[i]) : markdown_line(cells[i]);
  return text;
}

std::string latex_table(const std::vector<Line>& cells) {
  std::string text = "\\begin{tabular}{" + std::string(cells.front().size(), 'l') + "}\n\\hline\n";
  for (std::size_t line = 0; line < cells.size(); ++line) {
    for (std::size_t i = 0; i < cells[line].size(); ++i) text += (i == 0 ? "" : " & ") + latex_words(cells[line][i]);
    text += line == 0 ? " \\\\\n\\hline\n" : " \\\\\n";
  }
  return text + "\\hline\n\\end{tabular}\n";
}

double mean_of(const std::vector<double>& values) {
  if (values.empty()) return nan;
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

TrialStart start_of(const SearchPlan& plan, const TrialResult& trial) {
  TrialStart start = trial_start(plan, trial.values);
  if (!plan.final_seeds.empty()) start.state.seeds = plan.final_seeds;
  return start;
}

}  // namespace

std::string name_in_sentence(std::string_view id) {
  return is_measure(id) ? name_of_value(id) : in_sentence(name_of_value(id));
}

std::string search_words(const SearchPlan& plan) {
  Line varied;
  for (const SearchedParameter& one : plan.varied) varied.push_back(one.id);
  const auto& sampler = search_parameter_table().at("sampler");
  const std::string name = value_as<std::string>(sampler.info, sampler.get(plan));
  std::string words(sampler.info.choices[place_of_choice(sampler.info, name)].label);
  words += " search over " + list_of(varied) + ": " + counted(static_cast<std::uint64_t>(plan.trials), "trial");
  for (const auto& [id, direction] : plan.objectives)
    words += ", " + name_in_sentence(id) + (direction == SearchDirection::maximise ? " maximised" : " minimised");
  for (const SearchConstraint& constraint : plan.constraints)
    words += ", " + name_of_value(constraint.id) + (constraint.least ? " from " + format_real(*constraint.least) : "") +
             (constraint.most ? (constraint.least ? " to " : " at most ") + format_real(*constraint.most) : "");
  return words;
}

std::vector<Line> search_cells(const SearchPlan& plan, const SearchResults& results, std::size_t most) {
  const Line shown = shown_values(plan);
  std::vector<Line> cells{{"", "trial"}};
  for (const SearchedParameter& varied : plan.varied) cells[0].push_back(varied.id);
  for (const std::string& id : shown) cells[0].push_back(heading_of(id));
  if (trains(plan)) cells[0].emplace_back("epochs");
  for (const std::size_t place : ranking(plan, results)) {
    const TrialResult& trial = results.trials[place];
    if (cells.size() > most || trial.state != StepState::done || !trial.reason.empty()) break;
    const bool is_best = std::ranges::find(results.best, trial.trial) != results.best.end();
    Line line{is_best ? "best" : std::to_string(cells.size()), std::to_string(trial.trial)};
    for (const SearchedParameter& varied : plan.varied) line.push_back(value_of_parameter(trial, varied.id));
    for (const std::string& id : shown) line.push_back(value_cell(id, figures_of(trial.figures, id)));
    if (trains(plan)) line.push_back(std::to_string(trial.epochs));
    cells.push_back(std::move(line));
  }
  return cells;
}

std::vector<Line> final_cells(const SearchPlan& plan, const SearchResults& results) {
  if (results.finals.empty() || !trains(plan)) return {};
  std::vector<std::string> ids;
  std::vector<Line> cells{{"trial", "N"}};
  for (const Metric* metric : metrics_of(plan.training).all) {
    if (metric->split != Split::test) continue;
    ids.emplace_back(metric->id);
    cells[0].push_back(heading_of(metric->id) + ", best validation");
    cells[0].push_back(heading_of(metric->id) + ", last epoch");
  }
  for (const FinalResult& one : results.finals) {
    Line line{std::to_string(one.trial), std::to_string(one.runs)};
    for (const std::string& id : ids) {
      line.push_back(value_cell(id, figures_of(one.values, id)));
      line.push_back(value_cell(id, figures_of(one.values, id + ".last")));
    }
    cells.push_back(std::move(line));
  }
  return cells;
}

std::vector<Line> rung_cells(const SearchPlan& plan, std::span<const StepRecord> records) {
  const SearchObjective& objective = plan.objectives.front();
  const std::vector<std::int64_t> epochs = rung_epochs(plan);
  struct Rung {
    std::size_t under_way = 0, done = 0, failed = 0;
    const StepRecord* best = nullptr;
  };
  std::vector<Rung> rungs(epochs.size());
  const auto is_better = [&](const StepRecord& a, const StepRecord& b) {
    const double first = *mean_value(plan, a, objective.id), second = *mean_value(plan, b, objective.id);
    return objective.direction == SearchDirection::maximise ? first > second : first < second;
  };
  for (const StepRecord& record : records) {
    if (record.step.final_seed || std::cmp_greater_equal(record.step.rung, rungs.size())) continue;
    Rung& rung = rungs[static_cast<std::size_t>(record.step.rung)];
    ++(record.state == StepState::claimed  ? rung.under_way
       : record.state == StepState::failed ? rung.failed
                                           : rung.done);
    if (record.state != StepState::done || !broken_constraint(plan, record).empty()) continue;
    if (!mean_value(plan, record, objective.id)) continue;
    if (!rung.best || is_better(record, *rung.best)) rung.best = &record;
  }
  std::vector<Line> cells{
      {"rung", "epochs", "under way", "done", "failed", "gone on", "best " + heading_of(objective.id)}};
  for (std::size_t i = 0; i < rungs.size(); ++i) {
    const Rung& rung = rungs[i];
    const Rung next = i + 1 < rungs.size() ? rungs[i + 1] : Rung{};
    cells.push_back({std::to_string(i), std::to_string(epochs[i]), std::to_string(rung.under_way),
                     std::to_string(rung.done), std::to_string(rung.failed),
                     std::to_string(next.under_way + next.done + next.failed),
                     rung.best ? value_cell(objective.id, figures_of(rung.best->values, objective.id)) : ""});
  }
  return cells;
}

std::string importance_words(const SearchPlan& plan, const SearchImportance& importance) {
  if (importance.shares.empty()) return {};
  std::vector<std::size_t> places(importance.shares.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::ranges::stable_sort(places,
                           [&](std::size_t a, std::size_t b) { return importance.shares[a] > importance.shares[b]; });
  std::string words;
  double rest = 1.0;
  for (const std::size_t place : places) {
    rest -= importance.shares[place];
    words += (words.empty() ? "" : ", ") + plan.varied[place].id + " " +
             with_decimals(100.0 * importance.shares[place], 0) + " %";
  }
  return words + "; several together " + with_decimals(100.0 * std::max(0.0, rest), 0) + " %";
}

std::string progress_words(const SearchPlan& plan, const SearchResults& results) {
  std::string words = std::to_string(results.trials.size()) + " of " +
                      counted(static_cast<std::uint64_t>(plan.trials), "trial") + " begun, " +
                      counted(results.over, "step") + " done";
  if (results.failed > 0) words += ", " + std::to_string(results.failed) + " of them failed";
  return words + "; " + duration_text(results.seconds) + " of work";
}

std::string command_of_trial(const SearchPlan& plan, const TrialResult& trial) {
  const WorkspaceState state = start_of(plan, trial).state;
  return trains(plan) ? training_command_line(state) : generate_command_line(state) + " -o best.npz";
}

std::string preset_of_trial(const SearchPlan& plan, const TrialResult& trial, const std::string& id) {
  OrderedJson json;
  json["id"] = id;
  json["title"] = "Best of a search";
  json["description"] = "Trial " + std::to_string(trial.trial) + " of: " + search_words(plan) + ".";
  json["parameters"] = parse_json(parameters_to_json(start_of(plan, trial).state.parameters));
  return ascii_text(json, 2) + "\n";
}

std::string search_csv(const SearchPlan& plan, const SearchResults& results) {
  std::set<std::string> measured;
  for (const TrialResult& trial : results.trials)
    for (const auto& [id, values] : trial.figures) measured.insert(id);
  std::string text = "trial,state,rung,epochs,trial_seconds";
  for (const SearchedParameter& varied : plan.varied) text += "," + varied.id;
  for (const std::string& id : measured) text += "," + id;
  text += ",reason\n";
  const auto number = [](double value) { return std::isfinite(value) ? format_real(value) : std::string(); };
  for (const TrialResult& trial : results.trials) {
    constexpr std::string_view states[] = {"under way", "done", "failed"};
    text += std::to_string(trial.trial) + "," + std::string(states[static_cast<std::size_t>(trial.state)]) + "," +
            std::to_string(trial.rung) + "," + std::to_string(trial.epochs) + "," + number(trial.seconds);
    for (const SearchedParameter& varied : plan.varied) text += "," + csv_cell(value_of_parameter(trial, varied.id));
    for (const std::string& id : measured) text += "," + number(mean_of(figures_of(trial.figures, id)));
    text += "," + csv_cell(trial.reason) + "\n";
  }
  return text;
}

std::string search_markdown(const SearchPlan& plan, const SearchResults& results, const SearchImportance& importance) {
  std::string text = "# Search\n\n" + search_words(plan) + ". " + progress_words(plan, results) + ".\n\n";
  text += markdown_table(search_cells(plan, results, most_rows));
  text += "\nMean ± standard error over " + counted(plan.seeds.size(), "seed") + ".\n";
  if (const std::vector<Line> cells = final_cells(plan, results); !cells.empty())
    text += "\n## Under other seeds\n\n" + markdown_table(cells);
  if (const std::string words = importance_words(plan, importance); !words.empty())
    text += "\n## Importance\n\nShare of the variance of the " + name_in_sentence(plan.objectives.front().id) +
            " that each parameter explains alone (functional ANOVA, " + counted(importance.trials, "trial") +
            "): " + words + ".\n";
  if (results.best.empty()) return text;
  text += "\n## Best setting\n";
  for (const std::int64_t trial : results.best)
    if (const TrialResult* best = find_trial(results, trial)) text += "\n    " + command_of_trial(plan, *best) + "\n";
  return text;
}

std::string search_latex(const SearchPlan& plan, const SearchResults& results) {
  std::string text = latex_table(search_cells(plan, results, most_rows));
  if (const std::vector<Line> cells = final_cells(plan, results); !cells.empty()) text += "\n" + latex_table(cells);
  return text;
}

std::vector<std::string> write_search_tables(const fs::path& folder, const SearchPlan& plan,
                                             const SearchResults& results, const SearchImportance& importance) {
  std::vector<std::string> files;
  const auto write = [&](const char* name, const std::string& text) {
    write_atomically(folder / name, text);
    files.push_back((folder / name).string());
  };
  write("search.csv", search_csv(plan, results));
  write("search.md", search_markdown(plan, results, importance));
  write("search.tex", search_latex(plan, results));
  const TrialResult* const best = results.best.empty() ? nullptr : find_trial(results, results.best.front());
  if (best == nullptr) return files;
  write("best.json", preset_of_trial(plan, *best, "best"));
  Session session = network_session();
  session.has_training = trains(plan);
  session.state = start_of(plan, *best).state;
  static_cast<void>(write_session(folder / "best.dnm.json", std::move(session)));
  files.push_back((folder / "best.dnm.json").string());
  return files;
}

}  // namespace dnm
