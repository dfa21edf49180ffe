// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace dnm {

[[nodiscard]] bool is_utf8(std::string_view text);
/// Converts between UTF-8 and code points, as NumPy's str arrays hold them. Invalid text becomes U+FFFD.
[[nodiscard]] std::u32string code_points(std::string_view utf8);
[[nodiscard]] std::string to_utf8(std::u32string_view codes);

/// UTF-16 with its byte order mark as UTF-8 without; what is no text becomes U+FFFD.
[[nodiscard]] std::string utf8_of_utf16(std::string_view bytes);

/// A text that is UTF-8 as it is, any other as if it were Latin-1, the usual encoding of older files.
[[nodiscard]] std::string utf8_or_latin1(std::string_view text);

}  // namespace dnm
