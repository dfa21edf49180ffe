// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace dnm {

/// The folder of the libraries that this program is linked with, built or installed: that of the modules and programs
/// which it loads or starts as well. The environment variable DNM_MODULE_PATH stands above it. Throws ResourceError.
[[nodiscard]] std::filesystem::path module_folder();

}  // namespace dnm
