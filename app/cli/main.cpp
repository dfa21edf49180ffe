// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <exception>
#include <iostream>
#include <new>
#include <span>
#include <string>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/help.h"
#include "app/cli/man_pages.h"
#include "app/cli/terminal.h"
#include "app/workspace/words.h"
#include "core/parameters/look_up.h"
#include "core/parameters/unknown_name.h"
#include "core/support/error.h"
#include "core/support/shell_word.h"
#include "core/support/version.h"

namespace dnm::cli {
namespace {

const Command& find_command(std::string_view name) {
  if (const Command* command = find_row(command_table(), name)) return *command;
  // An option before any command: there is no command to suggest options of.
  if (name.starts_with('-')) throw UsageError(unknown_text("option", name, {}, "see dnm --help"));
  throw UsageError(unknown_text("command", name, row_ids(command_table()), "see dnm --help"));
}

int run_command(const Command& command, std::span<char*> arguments, const CommandContext& context) {
  OptionParser options;
  const RunCommand run = command.declare(options);
  if (options.parse(command.name, arguments)) return run(context);
  std::cout << command_help(options, command);
  return 0;
}

/// dnm help, dnm help COMMAND, dnm help TOPIC and dnm help --man-pages FOLDER.
int show_help(std::span<char*> arguments) {
  if (arguments.empty()) {
    std::cout << help_topics();
    return 0;
  }
  if (std::string_view(arguments.front()) == "--man-pages") {
    if (arguments.size() != 2) throw UsageError("--man-pages needs the folder to write into");
    write_man_pages(arguments[1]);
    return 0;
  }
  if (arguments.size() > 1) throw UsageError("unexpected argument " + std::string(arguments[1]));
  const std::string_view topic = arguments.front();
  const Command* command = find_row(command_table(), topic);
  if (command == nullptr) {
    std::cout << help_page(topic);
    return 0;
  }
  std::string help = "--help";
  std::vector<char*> words{help.data()};
  return run_command(*command, words, {});
}

int run(std::span<char*> arguments) {
  const Interruption interruption;
  if (arguments.size() < 2) throw UsageError("which command? see dnm --help");
  const std::string_view first = arguments[1];
  if (first == "--version" || first == "-V") {
    std::cout << "dnm " << program_version() << "\n";
    return 0;
  }
  if (first == "--help" || first == "-h") {
    std::cout << program_help();
    return 0;
  }
  if (first == "help") return show_help(arguments.subspan(2));
  CommandContext context{interruption.token(), "dnm"};
  for (const char* argument : arguments.subspan(1)) context.command_line += " " + shell_word(argument);
  return run_command(find_command(first), arguments.subspan(2), context);
}

int complain(std::string_view message, int status) {
  const std::string line = "dnm: " + one_line(message) + "\n";
  std::fputs(line.c_str(), stderr);
  return status;
}

int main_with_errors(std::span<char*> arguments) {
  try {
    const int status = run(arguments);
    std::cout.flush();
    if (!std::cout) throw FileError("the results could not be written to standard output; is the disk full?");
    return status;
  } catch (const UsageError& error) {
    return complain(error.what(), 2);
  } catch (const UnknownName& error) {
    return complain(error.what(), 2);
  } catch (const std::bad_alloc&) {
    return complain("there is not enough memory for this; choose smaller layers or a higher sparsity", 1);
  } catch (const std::exception& error) {
    return complain(error.what(), 1);
  }
}

}  // namespace
}  // namespace dnm::cli

int main(int count, char** arguments) {
  return dnm::cli::main_with_errors(std::span(arguments, static_cast<std::size_t>(count)));
}
