// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/user_folders.h"

#include <cstdlib>

#include "core/support/error.h"

namespace dnm {

namespace {

/// Relative names in such variables are to be ignored.
std::filesystem::path absolute_variable(const char* name) {
  const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nothing changes the environment
  const std::filesystem::path path = value != nullptr ? value : "";
  return path.is_absolute() ? path : std::filesystem::path();
}

}  // namespace

std::filesystem::path user_data_folder() {
  constexpr const char* program = "dnm-studio";
  if (const auto folder = absolute_variable("XDG_DATA_HOME"); !folder.empty()) return folder / program;
  if (const auto home = absolute_variable("HOME"); !home.empty()) return home / ".local" / "share" / program;
  throw FileError("there is no folder for the user's data; set HOME or XDG_DATA_HOME");
}

}  // namespace dnm
