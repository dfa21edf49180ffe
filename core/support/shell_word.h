// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dnm {

/// The text as one word of a command line: quoted where a POSIX shell would interpret some of its characters.
[[nodiscard]] inline std::string shell_word(const std::string& text) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=:,./@%";
  if (!text.empty() && text.find_first_not_of(plain) == std::string::npos) return text;
  std::string quoted = "'";
  for (const char c : text) c == '\'' ? quoted += "'\\''" : quoted += c;
  return quoted + "'";
}

/// The inverse for a whole line: its words without the quotes that shell_word() writes. A quote that is not closed ends
/// with the line.
[[nodiscard]] inline std::vector<std::string> shell_words(std::string_view line) {
  std::vector<std::string> words;
  bool inside = false;
  bool quoted = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    const bool blank = !quoted && (c == ' ' || c == '\t' || c == '\n');
    if (!blank && !inside) words.emplace_back();
    inside = !blank;
    if (blank) continue;
    if (c == '\'') {
      quoted = !quoted;
    } else {
      const bool escaped = c == '\\' && !quoted && at + 1 < line.size();
      words.back() += escaped ? line[++at] : c;
    }
  }
  return words;
}

}  // namespace dnm
