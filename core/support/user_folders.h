// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

// The user's folders for this program (XDG Base Directory Specification 0.8). Not created. All throw FileError if
// neither their variable nor HOME names a folder.
namespace dnm {

/// For what the user wants to keep, such as runs: $XDG_DATA_HOME/dnm-studio or, by default, ~/.local/share/dnm-studio.
[[nodiscard]] std::filesystem::path user_data_folder();
/// The place in it of the run folders that the window chooses.
[[nodiscard]] std::filesystem::path user_runs_folder();
/// For what the program keeps between its starts without being asked: $XDG_STATE_HOME/dnm-studio or, by default,
/// ~/.local/state/dnm-studio.
[[nodiscard]] std::filesystem::path user_state_folder();

}  // namespace dnm
