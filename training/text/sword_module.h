// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/support/task_control.h"

namespace dnm {

/// The entries of a Bible of CrossWire's SWORD in its format zText, Old Testament then New: verses, and between them
/// introductions of testaments, books and chapters, in the order of its versification. OSIS markup in UTF-8; an entry
/// that the module does not have is empty. Blocks are unpacked with zlib. Throws FileError, ResourceError, Cancelled.
[[nodiscard]] std::vector<std::string> read_sword_text(const std::filesystem::path& folder, const TaskControl& control);

}  // namespace dnm
