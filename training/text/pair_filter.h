// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "training/text/parallel_text.h"

namespace dnm {

/// Pairs that stand together and are held out together, since neighbours look alike: those of a page, of a chapter.
struct TextGroup {
  std::string name;  ///< decides which part it goes into
  SentencePairs pairs;
};

/// How many words a sentence has: between blanks, or one for so many letters in a language that is written without
/// blanks.
[[nodiscard]] std::size_t length_in_words(std::string_view sentence, double letters_per_word = 0.0);

/// Which pairs a text keeps. Lengths in words.
struct PairFilter {
  std::size_t least_source = 1;
  std::size_t most_source = std::numeric_limits<std::size_t>::max();
  std::size_t most_target = std::numeric_limits<std::size_t>::max();
  double most_ratio = std::numeric_limits<double>::infinity();  ///< of the longer side to the shorter
  double source_letters_per_word = 0.0;                         ///< see length_in_words()
  double target_letters_per_word = 0.0;
};

/// Leaves out pairs with an empty side, with equal sides, outside the filter, and those whose source has been kept
/// before. O(bytes).
[[nodiscard]] std::vector<TextGroup> filtered(std::vector<TextGroup> groups, const PairFilter& filter);

/// A sentence as the leak check compares it: small letters, every digit 0, no punctuation.
[[nodiscard]] std::string leak_key(std::string_view sentence);

/// Makes the parts: groups in the order of the SHA-256 of their names; the first that bring at least `least` pairs are
/// for the test, as many again for validation, the rest for training. Of the two, pairs are dropped whose source or
/// target occurs in training (by leak_key), and then all after the first `most`. O(bytes).
[[nodiscard]] ParallelText split_by_group(std::vector<TextGroup> groups, std::size_t least = 1250,
                                          std::size_t most = 1000);

}  // namespace dnm
