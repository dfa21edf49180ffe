// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace dnm::cli {

/// Wrong usage of the command line (exit status 2); what() is one sentence.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What a command is run with.
struct CommandContext {
  std::stop_token stop;      ///< requested by Ctrl+C or SIGTERM
  std::string command_line;  ///< as typed, quoted for a shell; recorded in the files that commands write
};

/// Runs a command whose options have been parsed; returns the exit status. May throw dnm::Error and UsageError.
using RunCommand = std::function<int(const CommandContext&)>;

/// Declares the options of a command on an empty application, and returns what to run once they are parsed.
using DeclareCommand = RunCommand(CLI::App& app);

/// One command. To add one: a file with its declare function and a row in command_table.cpp.
struct Command {
  std::string_view name;
  std::string_view help;  ///< one line
  DeclareCommand* declare;
};
/// In the order of the help text.
[[nodiscard]] std::span<const Command> command_table();

}  // namespace dnm::cli
