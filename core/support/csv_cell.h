// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace dnm {

/// The text as one cell of a CSV file (RFC 4180): in quotes where it holds a comma, a quote or a line end.
[[nodiscard]] inline std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char letter : text) letter == '"' ? quoted += "\"\"" : quoted += letter;
  return quoted + "\"";
}

}  // namespace dnm
