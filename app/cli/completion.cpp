// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>
#include <memory>
#include <string>

#include "app/cli/command.h"
#include "app/cli/shell_completion.h"
#include "app/cli/text.h"
#include "core/files/atomic_file.h"
#include "core/parameters/look_up.h"

namespace dnm::cli {
namespace {

struct Options {
  std::string shell;
  std::string output;
};

}  // namespace

RunCommand declare_completion(OptionParser& parser) {
  const auto options = std::make_shared<Options>();
  parser.add({.name = "SHELL",
              .help = "The shell: " + alternatives(row_ids(shell_table())),
              .required = true,
              .choices = row_ids(shell_table())},
             options->shell);
  parser.add({.name = "-o,--output", .help = "The file to write [standard output]", .placeholder = "FILE"},
             options->output);
  parser.set_notes([] {
    std::string notes = "For the shell that is open, or in its start file for every one:\n\n";
    for (const CompletedShell& shell : shell_table()) notes.append("    ").append(shell.use).append("\n");
    return notes;
  });
  return [options](const CommandContext&) {
    const CompletedShell& shell = look_up(shell_table(), options->shell, "shell");
    if (options->output.empty()) {
      std::cout << shell.script();
    } else {
      write_atomically(options->output, shell.script());
    }
    return 0;
  };
}

}  // namespace dnm::cli
