// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

// Tables in Markdown.
namespace dnm {

/// "| a | b |" and a line end; each cell is made one line.
[[nodiscard]] std::string markdown_line(const std::vector<std::string>& cells);
/// The line of headings and the rule below it.
[[nodiscard]] std::string markdown_head(const std::vector<std::string>& columns);

}  // namespace dnm
