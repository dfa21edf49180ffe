// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dnm {

/// Sentences of one language and their translations: line i of both belongs together. UTF-8 without line ends.
struct SentencePairs {
  std::vector<std::string> source;
  std::vector<std::string> target;
  [[nodiscard]] std::size_t size() const { return source.size(); }
  void add(std::string from, std::string to) {
    source.push_back(std::move(from));
    target.push_back(std::move(to));
  }
  bool operator==(const SentencePairs&) const = default;
};

/// A translation's languages by their codes, in lower case: {"en", "pt-br"}.
struct LanguagePair {
  std::string source;
  std::string target;
  [[nodiscard]] std::string text() const { return source + "-" + target; }
  bool operator==(const LanguagePair&) const = default;
};

/// All ways to read "en-de", "en-pt-br" (en and pt-br, en-pt and br) or "en/pt-br", the one way: languages are of two
/// letters or three, with a region of two. Throws InvalidInput where there is none.
[[nodiscard]] std::vector<LanguagePair> language_pairs(std::string_view text);

/// A text to learn translation from.
struct ParallelText {
  SentencePairs train;
  SentencePairs valid;  ///< to choose a step by
  SentencePairs test;
  std::vector<std::string> notices;  ///< what the user should know of it, one sentence each
};

/// The parts of a text, each with the name of its files: {"train", …}.
struct TextPart {
  std::string_view name;
  SentencePairs ParallelText::*pairs;
};
inline constexpr std::array<TextPart, 3> text_parts{
    TextPart{"train", &ParallelText::train}, {"valid", &ParallelText::valid}, {"test", &ParallelText::test}};

/// One of the six files that a text is, a sentence a line.
struct TextFileSum {
  std::string name;  ///< "train.en"
  std::uint64_t lines = 0;
  std::uint64_t bytes = 0;
  std::string sha256;  ///< 64 hexadecimal digits
};
/// Of train, valid and test, each source then target. O(bytes).
[[nodiscard]] std::vector<TextFileSum> manifest(const ParallelText& text, const LanguagePair& languages);
/// As sha256sum prints it: "SUM  train.en", a line a file.
[[nodiscard]] std::string manifest_text(const std::vector<TextFileSum>& files);

}  // namespace dnm
