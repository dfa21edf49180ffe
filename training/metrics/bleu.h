// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dnm {

/// The words of a text as mteval-v13a splits them off (NIST, 2009) and as scores are compared in the field: punctuation
/// apart from words, periods and commas only where no digits are on both sides. O(bytes).
[[nodiscard]] std::vector<std::string> tokens_13a(std::string_view utf8);

/// Corpus BLEU of up to four words (Papineni et al., ACL 2002, doi:10.3115/1073083.1073135) over 13a words, with case
/// and without smoothing: what sacreBLEU gives for the same texts (Post, WMT 2018, doi:10.18653/v1/W18-6319). Sums are
/// kept, so that sentences can be added in any order and in parts.
class Bleu {
 public:
  static constexpr std::size_t longest = 4;

  /// Counts one hypothesis against its references, at least one, as raw text in UTF-8. O(bytes).
  void add(std::string_view hypothesis, std::span<const std::string_view> references);
  void add(std::string_view hypothesis, std::string_view reference) { add(hypothesis, {&reference, 1}); }

  /// In [0, 100]: 100·BP·(p_1·p_2·p_3·p_4)^(1/4) with p_n the matches over the n-grams of all hypotheses, an n-gram
  /// matching at most as often as it occurs in the reference that has most of it; BP = min(1, exp(1 - r/c)), r the sum
  /// of the lengths of the references nearest in length (of two, the shorter). 0 where some p_n is 0 or undefined.
  [[nodiscard]] double score() const;
  /// What belongs beside every score: "nrefs:1|case:mixed|eff:no|tok:13a|smooth:none"; "nrefs:var" where sentences
  /// have different numbers of references.
  [[nodiscard]] std::string signature() const;

  [[nodiscard]] std::uint64_t sentences() const { return sentences_; }
  [[nodiscard]] double brevity_penalty() const;
  /// n-grams of n = 1 … 4 words found in references, and all of the hypotheses.
  [[nodiscard]] std::span<const std::uint64_t, longest> matches() const { return matches_; }
  [[nodiscard]] std::span<const std::uint64_t, longest> totals() const { return totals_; }
  /// Words of all hypotheses, c, and of the references nearest to them, r.
  [[nodiscard]] std::uint64_t hypothesis_words() const { return hypothesis_words_; }
  [[nodiscard]] std::uint64_t reference_words() const { return reference_words_; }

  bool operator==(const Bleu&) const = default;

 private:
  std::array<std::uint64_t, longest> matches_{};
  std::array<std::uint64_t, longest> totals_{};
  std::uint64_t hypothesis_words_ = 0;
  std::uint64_t reference_words_ = 0;
  std::uint64_t sentences_ = 0;
  std::size_t fewest_references_ = 0;
  std::size_t most_references_ = 0;
};

}  // namespace dnm
