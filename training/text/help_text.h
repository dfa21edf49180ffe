// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "training/text/text_source.h"

namespace dnm {

/// A paragraph or heading of a page of LibreOffice's help. The pages of all languages share the ids.
struct HelpParagraph {
  std::string id;  ///< "par_id3149140"
  std::string text;
};
/// The paragraphs (<p>, <h1> … <h6>) of a page with an id that begins with "par_" or "hd_", in their order; of several
/// with one id the first that has text. What is said for macOS alone is left out. O(bytes).
[[nodiscard]] std::vector<HelpParagraph> help_paragraphs(std::string_view html);

// The help as a text source (see TextSource): pages that both languages have, ordered by folder, then name;
// paragraphs of 3 to 60 words whose translation has at most 90 and at most twice as many or half; held out by page,
// which goes by its path below "text" ("/shared/main0100.html").
[[nodiscard]] std::vector<std::string> help_packages(const LanguagePair& languages);
[[nodiscard]] std::uint64_t find_help(const LanguagePair& languages, const TextPlaces& places);
[[nodiscard]] ParallelText load_help(const LanguagePair& languages, const TextPlaces& places,
                                     const TaskControl& control);
inline constexpr std::array<KnownText, 1> known_help{KnownText{
    "en-de", "version 4:7.4.7-1+deb12u14", "1e45e5737317420d750f45ebadb61d5b2c431e6229c9e0bc78ea9bd00252756e"}};

}  // namespace dnm
