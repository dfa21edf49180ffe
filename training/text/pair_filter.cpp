// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/text/pair_filter.h"

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

#include "core/files/utf8.h"
#include "training/text/sha256.h"
#include "training/text/words.h"

namespace dnm {
namespace {

/// Latin, Greek and Cyrillic capitals.
char32_t small_letter(char32_t code) {
  const auto in = [&](char32_t first, char32_t last) { return code >= first && code <= last; };
  if (in(U'A', U'Z') || (in(0xC0, 0xDE) && code != 0xD7) || in(0x391, 0x3A9) || in(0x410, 0x42F)) return code + 0x20;
  if (in(0x400, 0x40F)) return code + 0x50;
  // Capital and small letter by turns: even first, or odd first.
  if (in(0x100, 0x137) || in(0x14A, 0x177) || in(0x460, 0x4FF)) return code | 1U;
  if (in(0x139, 0x148) || in(0x179, 0x17E)) return code % 2 == 1 ? code + 1 : code;
  return code;
}

bool is_punctuation(char32_t code) {
  const auto in = [&](char32_t first, char32_t last) { return code >= first && code <= last; };
  return in(0x21, 0x2F) || in(0x3A, 0x40) || in(0x5B, 0x5E) || code == 0x60 || in(0x7B, 0x7F) || in(0xA1, 0xA9) ||
         in(0xAB, 0xB1) || code == 0xB4 || in(0xB6, 0xB8) || code == 0xBB || code == 0xBF || code == 0xD7 ||
         code == 0xF7 || in(0x2010, 0x2027) || in(0x2030, 0x205E) || in(0x20A0, 0x20CF) || in(0x2190, 0x2BFF) ||
         in(0x3001, 0x3003) || in(0x3008, 0x3020);
}

/// All pairs whose sides do not occur in training, up to `most`.
SentencePairs without_leaks(SentencePairs pairs, const std::unordered_set<std::string>& sources,
                            const std::unordered_set<std::string>& targets, std::size_t most) {
  SentencePairs kept;
  for (std::size_t i = 0; i < pairs.size() && kept.size() < most; ++i) {
    if (sources.contains(leak_key(pairs.source[i])) || targets.contains(leak_key(pairs.target[i]))) continue;
    kept.add(std::move(pairs.source[i]), std::move(pairs.target[i]));
  }
  return kept;
}

std::unordered_set<std::string> leak_keys(const std::vector<std::string>& sentences) {
  std::unordered_set<std::string> keys;
  for (const std::string& sentence : sentences) keys.insert(leak_key(sentence));
  return keys;
}

void append(SentencePairs& to, SentencePairs from) {
  std::ranges::move(from.source, std::back_inserter(to.source));
  std::ranges::move(from.target, std::back_inserter(to.target));
}

}  // namespace

std::size_t length_in_words(std::string_view sentence, double letters_per_word) {
  const std::vector<std::string_view> words = words_of(sentence);
  if (letters_per_word == 0.0 || words.empty()) return words.size();
  std::size_t letters = 0;
  for (const std::string_view word : words) letters += code_points(word).size();
  return std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(letters) / letters_per_word));
}

std::vector<TextGroup> filtered(std::vector<TextGroup> groups, const PairFilter& filter) {
  std::unordered_set<std::string> seen;
  for (TextGroup& group : groups) {
    SentencePairs kept;
    for (std::size_t i = 0; i < group.pairs.size(); ++i) {
      std::string& source = group.pairs.source[i];
      std::string& target = group.pairs.target[i];
      if (source == target) continue;
      const std::size_t source_words = length_in_words(source, filter.source_letters_per_word);
      const std::size_t target_words = length_in_words(target, filter.target_letters_per_word);
      if (source_words == 0 || target_words == 0) continue;
      if (source_words < filter.least_source || source_words > filter.most_source || target_words > filter.most_target)
        continue;
      const auto [shorter, longer] = std::minmax(source_words, target_words);
      if (static_cast<double>(longer) > filter.most_ratio * static_cast<double>(shorter)) continue;
      if (!seen.insert(source).second) continue;
      kept.add(std::move(source), std::move(target));
    }
    group.pairs = std::move(kept);
  }
  return groups;
}

std::string leak_key(std::string_view sentence) {
  std::u32string codes;
  for (char32_t code : code_points(sentence)) {
    if (is_punctuation(code)) continue;
    codes += code >= U'0' && code <= U'9' ? U'0' : small_letter(code);
  }
  return with_single_spaces(to_utf8(codes));
}

ParallelText split_by_group(std::vector<TextGroup> groups, std::size_t least, std::size_t most) {
  std::vector<std::pair<std::string, TextGroup*>> order;
  for (TextGroup& group : groups) order.emplace_back(sha256(group.name), &group);
  std::ranges::sort(order, {}, [](const auto& entry) {
    return std::pair<std::string_view, std::string_view>(entry.first, entry.second->name);
  });
  ParallelText text;
  for (auto& [digits, group] : order) {
    SentencePairs& part = text.test.size() < least ? text.test : text.valid.size() < least ? text.valid : text.train;
    append(part, std::move(group->pairs));
  }
  const auto sources = leak_keys(text.train.source);
  const auto targets = leak_keys(text.train.target);
  text.test = without_leaks(std::move(text.test), sources, targets, most);
  text.valid = without_leaks(std::move(text.valid), sources, targets, most);
  return text;
}

}  // namespace dnm
