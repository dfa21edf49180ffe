// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "app/cli/option_parser.h"

namespace dnm::cli {

/// What a command is run with.
struct CommandContext {
  std::stop_token stop;      ///< requested by Ctrl+C or SIGTERM
  std::string command_line;  ///< as typed, quoted for a shell; recorded in the files that commands write
};

/// Runs a command whose options have been parsed; returns the exit status. May throw dnm::Error and UsageError.
using RunCommand = std::function<int(const CommandContext&)>;

/// Declares the options of a command on an empty application, and returns what to run once they are parsed.
using DeclareCommand = RunCommand(OptionParser& options);

/// One command. To add one: a file with its declare function and a row in command_table.cpp.
struct Command {
  std::string_view name;
  std::string_view help;  ///< one line
  DeclareCommand* declare;
};
/// In the order of the help text.
[[nodiscard]] std::span<const Command> command_table();

}  // namespace dnm::cli
