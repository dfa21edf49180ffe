// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace dnm::cli {

/// Makes the folder that -o names, and those above it, where they are not there yet; whether it did. Throws FileError.
bool make_output_folder(const std::filesystem::path& folder);

}  // namespace dnm::cli
