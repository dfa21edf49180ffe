// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "training/text/text_source.h"

namespace dnm {

/// A verse without notes, titles and markup.
[[nodiscard]] std::string verse_text(std::string_view osis);

// Bibles in the public domain as a text source (see TextSource), English and Spanish in either direction. Both modules
// count verses as the King James Version does, so that the same entry is the same verse. Verses of at most 70 words
// whose sides differ at most 2.5 times in length; held out by chapter, which goes by its OSIS name ("Gen.1").
[[nodiscard]] std::vector<std::string> bible_packages(const LanguagePair& languages);
[[nodiscard]] std::uint64_t find_bible(const LanguagePair& languages, const TextPlaces& places);
[[nodiscard]] ParallelText load_bible(const LanguagePair& languages, const TextPlaces& places,
                                      const TaskControl& control);
inline constexpr std::array<KnownText, 1> known_bible{KnownText{
    "en-es", "versions 14.3-1 and 2.60-1", "5a2e0e24a3c09ef5ca0b9d7e7eab92221fe5082303b5a800dcbcac603c78a42e"}};

}  // namespace dnm
