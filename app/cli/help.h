// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "app/cli/command.h"

namespace dnm::cli {

/// What `dnm --help` prints: the commands, one line each.
[[nodiscard]] std::string program_help();
/// What `dnm COMMAND --help` prints: usage, then the options by group, wrapped to 100 columns.
[[nodiscard]] std::string command_help(const OptionParser& options, const Command& command);
/// What `dnm help` prints: the topics of the manual, and the commands.
[[nodiscard]] std::string help_topics();
/// What `dnm help TOPIC` prints for a page of the manual. Throws UsageError with "did you mean".
[[nodiscard]] std::string help_page(std::string_view topic);

}  // namespace dnm::cli
