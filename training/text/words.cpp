// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/text/words.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace dnm {
namespace {

/// The bytes of the white space that a text begins with; 0: none.
std::size_t blank_at(std::string_view text) {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
  const unsigned first = byte(0);
  if (first < 0x80) return (first >= 0x09 && first <= 0x0D) || (first >= 0x1C && first <= 0x20) ? 1 : 0;
  if (first == 0xC2) return byte(1) == 0x85 || byte(1) == 0xA0 ? 2 : 0;
  if (first != 0xE1 && first != 0xE2 && first != 0xE3) return 0;
  constexpr std::array<std::uint32_t, 6> others{0xE19A80, 0xE280A8, 0xE280A9, 0xE280AF, 0xE2819F, 0xE38080};
  const std::uint32_t code = (first << 16) | (byte(1) << 8) | byte(2);
  if (code >= 0xE28080 && code <= 0xE2808A) return 3;
  for (const std::uint32_t other : others) {
    if (code == other) return 3;
  }
  return 0;
}

}  // namespace

std::vector<std::string_view> words_of(std::string_view utf8) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= utf8.size();) {
    const std::size_t blank = at < utf8.size() ? blank_at(utf8.substr(at)) : 1;
    if (blank == 0) {
      ++at;
      continue;
    }
    if (at > begin) words.push_back(utf8.substr(begin, at - begin));
    at += blank;
    begin = at;
  }
  return words;
}

std::string with_single_spaces(std::string_view utf8) {
  std::string text;
  for (const std::string_view word : words_of(utf8)) (text.empty() ? text : text += ' ') += word;
  return text;
}

std::string with_splits_joined(std::string_view text) {
  constexpr std::string_view mark = "@@";
  std::string joined;
  bool is_open = true;  // nothing stands between the last word and the next
  for (std::string_view word : words_of(text)) {
    if (!is_open) joined += ' ';
    is_open = word.ends_with(mark);
    if (is_open) word.remove_suffix(mark.size());
    joined += word;
  }
  return joined;
}

}  // namespace dnm
