// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace dnm {

/// A path that begins with "~" from the user's home, as a shell has it: for what no shell sees, such as the fields of a
/// window and "--data-dir=~/sets". Any other as it is, and all where HOME is not set.
[[nodiscard]] std::string with_home(std::string_view path);

// The user's folders for this program (XDG Base Directory Specification 0.8). Not created. All throw FileError if
// neither their variable nor HOME names a folder.

/// For what the user wants to keep, such as runs: $XDG_DATA_HOME/dnm-studio or, by default, ~/.local/share/dnm-studio.
[[nodiscard]] std::filesystem::path user_data_folder();
/// The place in it of the run folders that the window chooses.
[[nodiscard]] std::filesystem::path user_runs_folder();
/// For what the program keeps between its starts without being asked: $XDG_STATE_HOME/dnm-studio or, by default,
/// ~/.local/state/dnm-studio.
[[nodiscard]] std::filesystem::path user_state_folder();
/// For what can be made again at any time: $XDG_CACHE_HOME/dnm-studio or, by default, ~/.cache/dnm-studio.
[[nodiscard]] std::filesystem::path user_cache_folder();

}  // namespace dnm
