// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace dnm::cli {

/// A shell that can complete the command line of dnm. To add one: its script's function and a row of shell_table().
struct CompletedShell {
  std::string_view id;   ///< "bash"
  std::string_view use;  ///< how to use it without installing anything
  /// The script: commands, the options of each with the words their values can be, folders and files.
  std::string (*script)();
};
[[nodiscard]] std::span<const CompletedShell> shell_table();

}  // namespace dnm::cli
