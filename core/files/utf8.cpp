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

}  // namespace

std::u32string code_points(std::string_view utf8) {
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  std::u32string codes;
  codes.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = sequence_length(lead);
    bool valid = length > 0 && i + length <= utf8.size();
    char32_t code = length <= 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; valid && k < length; ++k) {
      const auto next = static_cast<unsigned char>(utf8[i + k]);
      valid = next >> 6 == 0b10;
      code = (code << 6) | (next & 0x3FU);
    }
    valid = valid && is_scalar_value(code) && code >= smallest[length];
    codes += valid ? code : replacement;
    i += valid ? length : 1;
  }
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
