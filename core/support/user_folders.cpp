// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/user_folders.h"

#include <cstdlib>
#include <string>

#include "core/support/error.h"

namespace dnm {

namespace {

/// Relative names in such variables are to be ignored.
std::filesystem::path absolute_variable(const char* name) {
  const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nothing changes the environment
  const std::filesystem::path path = value != nullptr ? value : "";
  return path.is_absolute() ? path : std::filesystem::path();
}

std::filesystem::path user_folder(const char* variable, const char* usual) {
  constexpr const char* program = "dnm-studio";
  if (const auto folder = absolute_variable(variable); !folder.empty()) return folder / program;
  if (const auto home = absolute_variable("HOME"); !home.empty()) return home / usual / program;
  throw FileError("there is no folder for the program's own files; set HOME or " + std::string(variable));
}

}  // namespace

std::string with_home(std::string_view path) {
  const char* const home = std::getenv("HOME");  // NOLINT(concurrency-mt-unsafe): nothing changes the environment
  const bool is_home = path == "~" || path.starts_with("~/");
  return is_home && home != nullptr ? home + std::string(path.substr(1)) : std::string(path);
}

std::filesystem::path user_data_folder() { return user_folder("XDG_DATA_HOME", ".local/share"); }

std::filesystem::path user_runs_folder() { return user_data_folder() / "runs"; }

std::filesystem::path user_state_folder() { return user_folder("XDG_STATE_HOME", ".local/state"); }

std::filesystem::path user_cache_folder() { return user_folder("XDG_CACHE_HOME", ".cache"); }

}  // namespace dnm
