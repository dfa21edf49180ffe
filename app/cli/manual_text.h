// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

#include "app/workspace/manual.h"

namespace dnm::cli {

/// A page of the manual as plain text of at most `width` columns: headings underlined, paragraphs and lists wrapped,
/// tables aligned with their last column wrapped, code blocks unchanged, and links to other pages with the command
/// that shows them.
[[nodiscard]] std::string manual_text(const ManualPage& page, std::size_t width);

}  // namespace dnm::cli
