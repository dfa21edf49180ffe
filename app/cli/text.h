// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dnm::cli {

/// Columns a UTF-8 text takes on a terminal: one for each code point, none for a combining mark.
[[nodiscard]] std::size_t display_width(std::string_view text);
/// `text` broken at spaces into lines of at most `width` columns.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// "all, curves, comparison" and "all, curves or comparison"; for one word or more.
[[nodiscard]] std::string names_of(std::span<const std::string_view> all);
[[nodiscard]] std::string alternatives(std::span<const std::string_view> all);

/// Rows of cells printed as left-aligned columns separated by two spaces.
class TextTable {
 public:
  void add(std::vector<std::string> cells);
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace dnm::cli
