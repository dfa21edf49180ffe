// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace dnm {

/// Throws FileError: "cannot write PATH: " and the reason and remedy of an errno.
[[noreturn]] void fail_writing(const std::filesystem::path& path, int code);

}  // namespace dnm
