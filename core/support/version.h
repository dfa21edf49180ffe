// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace dnm {

/// The program's version, "major.minor.patch", as CMakeLists.txt has it.
[[nodiscard]] const char* program_version();

}  // namespace dnm
