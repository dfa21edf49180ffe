// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/workspace/search/search_results.h"

namespace dnm {

/// name_of_value() inside a sentence: "validation accuracy", "Q".
[[nodiscard]] std::string name_in_sentence(std::string_view id);
/// "random search over degree, dendrites and synapses: 40 trials, validation accuracy maximised, γ from 2 to 3".
[[nodiscard]] std::string search_words(const SearchPlan& plan);

/// The best trials as cells, the best first below a row of headings: rank, trial, values, objectives and conditions
/// (mean ± standard error over the seeds), epochs.
[[nodiscard]] std::vector<std::vector<std::string>> search_cells(const SearchPlan& plan, const SearchResults& results,
                                                                 std::size_t most);
/// The best under the final seeds: trial, N, and the test metrics at the best validation and after the last epoch.
/// Empty where there are none.
[[nodiscard]] std::vector<std::vector<std::string>> final_cells(const SearchPlan& plan, const SearchResults& results);
/// How many trials are on each rung: rung, epochs, under way, done, failed, gone on to the next, and the best value of
/// the first objective. One line for samplers without rungs; below headings.
[[nodiscard]] std::vector<std::vector<std::string>> rung_cells(const SearchPlan& plan,
                                                               std::span<const StepRecord> records);
/// "dendrites 61 %, degree 22 %, …; together the rest, 12 %", the largest first; empty where it is not known.
[[nodiscard]] std::string importance_words(const SearchPlan& plan, const SearchImportance& importance);
/// "41 of 60 steps": how far the search is, with what failed and how long it took.
[[nodiscard]] std::string progress_words(const SearchPlan& plan, const SearchResults& results);

/// The command that trains, or draws, a trial's setting; under the final seeds where there are some.
[[nodiscard]] std::string command_of_trial(const SearchPlan& plan, const TrialResult& trial);
/// Its parameters in the form of a preset: {"id", "title", "description", "parameters"}.
[[nodiscard]] std::string preset_of_trial(const SearchPlan& plan, const TrialResult& trial, const std::string& id);

/// A line for each trial, by number: trial, state, rung, epochs, seconds, the values, all that was measured (means over
/// the seeds), reason.
[[nodiscard]] std::string search_csv(const SearchPlan& plan, const SearchResults& results);
/// What was searched, the tables, importance and the best setting's command.
[[nodiscard]] std::string search_markdown(const SearchPlan& plan, const SearchResults& results,
                                          const SearchImportance& importance);
/// The tables as plain LaTeX tabulars that need no package.
[[nodiscard]] std::string search_latex(const SearchPlan& plan, const SearchResults& results);

/// Writes search.csv, search.md and search.tex, and of the first of the best best.json (a preset) and best.dnm.json (a
/// session, which window and commands take as a network or training). Returns their paths. Throws FileError.
std::vector<std::string> write_search_tables(const std::filesystem::path& folder, const SearchPlan& plan,
                                             const SearchResults& results, const SearchImportance& importance);

}  // namespace dnm
