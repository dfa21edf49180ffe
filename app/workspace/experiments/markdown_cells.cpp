// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/markdown_cells.h"

#include <cstddef>

#include "app/workspace/words.h"

namespace dnm {

std::string markdown_line(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) {
    line += " ";
    for (const char c : one_line(cell)) line += c == '|' ? std::string("\\|") : std::string(1, c);
    line += " |";
  }
  return line + "\n";
}

std::string markdown_head(const std::vector<std::string>& columns) {
  std::string rule = "|";
  for (std::size_t i = 0; i < columns.size(); ++i) rule += "---|";
  return markdown_line(columns) + rule + "\n";
}

}  // namespace dnm
