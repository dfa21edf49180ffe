// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/utf8.h"

#include <algorithm>
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

std::string utf8_of_utf16(std::string_view bytes) {
  const bool big_endian = bytes.starts_with("\xFE\xFF");
  const auto unit = [&](std::size_t i) {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  std::string text;
  text.reserve(bytes.size() / 2);
  for (std::size_t i = 2; i + 1 < bytes.size(); i += 2) {
    char32_t code = unit(i);
    if (code >> 10 == 0x36 && i + 3 < bytes.size() && unit(i + 2) >> 10 == 0x37) {
      code = 0x10000 + ((code & 0x3FF) << 10) + (unit(i + 2) & 0x3FF);
      i += 2;
    }
    text += to_utf8(std::u32string_view(&code, 1));
  }
  return text;
}

std::string utf8_or_latin1(std::string_view text) {
  const bool ascii = std::ranges::all_of(text, [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
  if (ascii || to_utf8(code_points(text)) == text) return std::string(text);
  std::u32string codes;
  for (const char letter : text) codes += static_cast<unsigned char>(letter);
  return to_utf8(codes);
}

}  // namespace dnm
