// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace dnm::cli {

/// Writes dnm.1, dnm-COMMAND.1 for each command and, where this build has the window, dnm-studio.1, in the language of
/// man(7), into a folder that is made if it is not there. Throws FileError.
void write_man_pages(const std::filesystem::path& folder);

}  // namespace dnm::cli
