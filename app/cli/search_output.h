// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "app/workspace/search/search_folder.h"

namespace dnm::cli {

/// How the results of a search are shown.
struct SearchOutput {
  std::string figure{};        ///< a file for the figure besides that in the folder; may be empty
  bool json = false;           ///< prints one JSON object in place of words
  std::string command_line{};  ///< kept in the figures
};

/// Writes the tables and figures of what is known of a search, and prints them. Returns the exit status. Throws Error
/// where no trial has a value yet.
int write_and_print_results(const SearchFolder& search, std::span<const StepRecord> records,
                            const SearchOutput& output);

/// "trial 12, rung 1, degree gaussian:2.1, dendrites fixed:7: validation accuracy 86.52 %", or why there is no value.
[[nodiscard]] std::string outcome_words(const SearchFolder& search, const StepRecord& record);

}  // namespace dnm::cli
