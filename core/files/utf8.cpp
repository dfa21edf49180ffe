// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/utf8.h"

#include <cstddef>

namespace dnm {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool is_scalar_value(char32_t code) { return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF); }

std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >> 5 == 0b110) return 2;
  if (lead >> 4 == 0b1110) return 3;
  if (lead >> 3 == 0b11110) return 4;
  return 0;
}

/// Takes the first code point from a text that is not empty; of a byte that is not part of UTF-8 the replacement.
/// Returns whether it was valid.
bool take_code_point(std::string_view& utf8, char32_t& code) {
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const auto lead = static_cast<unsigned char>(utf8.front());
  const std::size_t length = sequence_length(lead);
  bool valid = length > 0 && length <= utf8.size();
  code = length <= 1 ? lead : lead & (0xFFU >> (length + 1));
  for (std::size_t k = 1; valid && k < length; ++k) {
    const auto next = static_cast<unsigned char>(utf8[k]);
    valid = next >> 6 == 0b10;
    code = (code << 6) | (next & 0x3FU);
  }
  valid = valid && is_scalar_value(code) && code >= smallest[length];
  if (!valid) code = replacement;
  utf8.remove_prefix(valid ? length : 1);
  return valid;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (char32_t code = 0; !text.empty();) {
    if (!take_code_point(text, code)) return false;
  }
  return true;
}

std::u32string code_points(std::string_view utf8) {
  std::u32string codes;
  codes.reserve(utf8.size());
  for (char32_t code = 0; !utf8.empty(); codes += code) static_cast<void>(take_code_point(utf8, code));
  return codes;
}

std::string to_utf8(std::u32string_view codes) {
  std::string text;
  text.reserve(codes.size());
  for (char32_t code : codes) {
    if (!is_scalar_value(code)) code = replacement;
    const auto append = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    const auto continuation = [&](unsigned shift) { append(0x80 | ((code >> shift) & 0x3F)); };
    if (code < 0x80) {
      append(code);
    } else if (code < 0x800) {
      append(0xC0 | (code >> 6));
      continuation(0);
    } else if (code < 0x10000) {
      append(0xE0 | (code >> 12));
      continuation(6);
      continuation(0);
    } else {
      append(0xF0 | (code >> 18));
      continuation(12);
      continuation(6);
      continuation(0);
    }
  }
  return text;
}

}  // namespace dnm
