// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

// What is needed of markup to take sentences out of pages and verses that programs have written. It is no parser: text
// of any other kind comes out as it may, but always in linear time.
namespace dnm {

/// Without the elements that begin with `opening` ("<note", "<span class=\"MAC\">") up to the first `closing` after it
/// ("</note>"), content included. An opening without "/>" and without a closing stays.
[[nodiscard]] std::string without_elements(std::string_view text, std::string_view opening, std::string_view closing);

/// The text alone: tags left out, entities resolved (the five of XML, &nbsp; and numbers; others stay as they are), one
/// space between words.
[[nodiscard]] std::string plain_text(std::string_view markup);

}  // namespace dnm
