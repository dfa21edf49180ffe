// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/cli/command.h"

namespace dnm::cli {

/// What `dnm --help` prints: the commands, one line each.
[[nodiscard]] std::string program_help();
/// What `dnm COMMAND --help` prints: usage, then the options by group, wrapped to 100 columns.
[[nodiscard]] std::string command_help(const CLI::App& app, const Command& command);

}  // namespace dnm::cli
