// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dnm {

/// The words between white space: that of Unicode, as Python's str.split() takes it, so that scores are those of the
/// field's tools. Views into `utf8`; bytes that are no UTF-8 belong to words.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view utf8);

/// The words of a text with one space between them.
[[nodiscard]] std::string with_single_spaces(std::string_view utf8);

/// Splits of words joined again: "sub@@ word" becomes "subword", a last "@@" is dropped.
[[nodiscard]] std::string with_splits_joined(std::string_view text);

}  // namespace dnm
