// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/cli/table_options.h"
#include "core/parameters/parameter.h"
#include "training/settings/training_settings.h"

namespace dnm::cli {

/// Rows of the training table that are no options of a comparison: every run has its own folder and seed and is
/// resumed, and validation examples are held out in a second group of runs.
inline constexpr std::string_view not_compared[] = {"seed", "run-dir", "resume", "validation"};

/// One rewiring rule of a comparison, with the settings that all its runs share.
struct ComparedRule {
  Choice choice;
  TrainingSettings settings;
  std::vector<std::pair<std::string, std::string>> given{};  ///< training options, as typed
};

/// The parts of a list "ID,ID,…", trimmed; empty ones are left out.
[[nodiscard]] std::vector<std::string> listed(const std::string& text);
/// The rules that --method names, each once; without it the usual one. Throws InvalidInput.
[[nodiscard]] std::vector<ComparedRule> compared_rules(const TableOptions& options);
/// Sets the options of the runs for every rule that has them. Throws InvalidInput for one that none has.
void apply_options(const TableOptions& options, std::vector<ComparedRule>& rules);

}  // namespace dnm::cli
