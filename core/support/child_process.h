// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/task_control.h"

namespace dnm {

/// A program to be run, without a shell in between.
struct ChildProcess {
  std::vector<std::string> words;  ///< its name, looked up in PATH where it has no slash, and its arguments
  std::filesystem::path folder{};  ///< it runs in; empty: this program's
  std::string_view input{};        ///< on its standard input
};

/// What a program gave.
struct ChildOutcome {
  int status = 0;  ///< of its exit; 128 + the signal's number where one ended it
  std::string output;
  std::string errors;
};

/// Runs it to its end, in the C locale, and collects what it writes. On a stop it is killed. Throws ResourceError
/// when it cannot be started, Cancelled. Thread-safe.
[[nodiscard]] ChildOutcome run_process(const ChildProcess& child, const TaskControl& control = {});

}  // namespace dnm
