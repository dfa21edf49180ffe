// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/text/markup.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/files/utf8.h"
#include "training/text/words.h"

namespace dnm {
namespace {

constexpr std::size_t longest_entity = 10;

/// Of the text between "&" and ";"; empty: none that is known.
std::string entity_text(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> known{
      {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", "\xC2\xA0"}}};
  for (const auto& [entity, text] : known) {
    if (name == entity) return std::string(text);
  }
  if (!name.starts_with('#')) return {};
  name.remove_prefix(1);
  const bool is_hexadecimal = name.starts_with('x') || name.starts_with('X');
  if (is_hexadecimal) name.remove_prefix(1);
  std::uint32_t code = 0;
  const auto read = std::from_chars(name.data(), name.data() + name.size(), code, is_hexadecimal ? 16 : 10);
  constexpr std::uint32_t last_code = 0x10FFFF;
  if (read.ec != std::errc() || read.ptr != name.data() + name.size() || code == 0 || code > last_code) return {};
  if (code >= 0xD800 && code <= 0xDFFF) return {};
  return to_utf8(std::u32string(1, static_cast<char32_t>(code)));
}

std::string with_entities_resolved(std::string_view text) {
  std::string made;
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find('&'), text.size());
    made += text.substr(0, begin);
    text.remove_prefix(begin);
    if (text.empty()) break;
    const std::size_t end = text.substr(0, longest_entity + 2).find(';');
    const std::string resolved = end == std::string_view::npos ? std::string() : entity_text(text.substr(1, end - 1));
    made += resolved.empty() ? "&" : resolved;
    text.remove_prefix(resolved.empty() ? 1 : end + 1);
  }
  return made;
}

}  // namespace

std::string without_elements(std::string_view text, std::string_view opening, std::string_view closing) {
  std::string made;
  for (;;) {
    const std::size_t begin = text.find(opening);
    if (begin == std::string_view::npos) break;
    const std::size_t tag_end = text.find('>', begin + opening.size() - 1);
    if (tag_end == std::string_view::npos) break;
    const bool is_whole = text[tag_end - 1] == '/';
    const std::size_t end = is_whole ? tag_end + 1 : text.find(closing, tag_end);
    if (end == std::string_view::npos) break;
    made += text.substr(0, begin);
    text.remove_prefix(is_whole ? end : end + closing.size());
  }
  return made.append(text);
}

std::string plain_text(std::string_view markup) {
  std::string text;
  while (!markup.empty()) {
    const std::size_t begin = markup.find('<');
    const std::size_t end = begin == std::string_view::npos ? begin : markup.find('>', begin);
    if (end == std::string_view::npos) {
      text += markup;
      break;
    }
    text += markup.substr(0, begin);
    markup.remove_prefix(end + 1);
  }
  return with_single_spaces(with_entities_resolved(text));
}

}  // namespace dnm
