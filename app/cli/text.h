// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dnm::cli {

/// Characters a UTF-8 text takes on a terminal (every code point one column).
[[nodiscard]] std::size_t display_width(std::string_view text);
/// "5,763".
[[nodiscard]] std::string format_count(std::uint64_t count);
/// A number with `digits` decimals.
[[nodiscard]] std::string format_fixed(double value, int digits);
/// "1.24 s", "35 ms", "2 min 10 s".
[[nodiscard]] std::string format_seconds(double seconds);
/// `text` broken at blanks into lines of at most `width` columns.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);
/// `text` with line breaks, lists of control characters and surrounding blanks made single blanks.
[[nodiscard]] std::string one_line(std::string_view text);

/// Rows of cells printed as aligned, left-justified columns two blanks apart.
class TextTable {
 public:
  void add(std::vector<std::string> cells);
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace dnm::cli
