// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace dnm {

/// The user's folder for what a program keeps for the user: $XDG_DATA_HOME/dnm-studio or, by default,
/// ~/.local/share/dnm-studio (XDG Base Directory Specification 0.8). Not created. Throws FileError if neither that
/// variable nor HOME names a folder.
[[nodiscard]] std::filesystem::path user_data_folder();

}  // namespace dnm
