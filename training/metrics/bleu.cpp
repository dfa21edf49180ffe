// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/metrics/bleu.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "training/text/words.h"

namespace dnm {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
    text.replace(at, what.size(), with);
  }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_point(char c) { return c == '.' || c == ','; }
/// ASCII punctuation that always stands alone: all but ' , - and .
bool stands_alone(char c) {
  return (c >= '{' && c <= '~') || (c >= '[' && c <= '`') || (c >= ' ' && c <= '&') || (c >= '(' && c <= '+') ||
         (c >= ':' && c <= '@') || c == '/';
}

using Pair = std::pair<bool (*)(char), bool (*)(char)>;

/// Puts spaces around each pair of neighbours of this kind, from left to right, none taken twice. A pair that is
/// looked for in letters of several bytes is the same one in bytes, since none of their bytes is below 0x80.
std::string apart(std::string_view text, const Pair& kind, bool before, bool after) {
  std::string result;
  result.reserve(text.size() + text.size() / 8);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at + 1 == text.size() || !kind.first(text[at]) || !kind.second(text[at + 1])) {
      result += text[at];
      continue;
    }
    if (before) result += ' ';
    result.append({text[at], ' ', text[++at]});
    if (after) result += ' ';
  }
  return result;
}

using Counts = std::unordered_map<std::string, std::uint64_t>;

/// How often each sequence of `n` words occurs.
Counts n_grams(const std::vector<std::string>& words, std::size_t n) {
  Counts counts;
  std::string n_gram;
  for (std::size_t begin = 0; begin + n <= words.size(); ++begin) {
    n_gram.clear();
    for (std::size_t i = begin; i < begin + n; ++i) n_gram.append(words[i]) += ' ';  // no word has a space in it
    ++counts[n_gram];
  }
  return counts;
}

std::uint64_t distance(std::uint64_t a, std::uint64_t b) { return a > b ? a - b : b - a; }

}  // namespace

std::vector<std::string> tokens_13a(std::string_view utf8) {
  std::string text(utf8);
  replace_all(text, "<skipped>", "");
  replace_all(text, "-\n", "");
  replace_all(text, "\n", " ");
  replace_all(text, "&quot;", "\"");
  replace_all(text, "&amp;", "&");
  replace_all(text, "&lt;", "<");
  replace_all(text, "&gt;", ">");
  std::string spaced = " ";
  for (const char c : text) {
    if (stands_alone(c)) {
      spaced.append({' ', c, ' '});
    } else {
      spaced += c;
    }
  }
  spaced += ' ';
  constexpr auto no_digit = [](char c) { return !is_digit(c); };
  spaced = apart(spaced, {no_digit, is_point}, false, true);
  spaced = apart(spaced, {is_point, no_digit}, true, false);
  spaced = apart(spaced, {is_digit, [](char c) { return c == '-'; }}, false, true);
  const std::vector<std::string_view> words = words_of(spaced);
  return {words.begin(), words.end()};
}

void Bleu::add(std::string_view hypothesis, std::span<const std::string_view> references) {
  if (references.empty()) throw std::invalid_argument("a hypothesis needs a reference to be scored with");
  const std::vector<std::string> words = tokens_13a(hypothesis);
  std::vector<std::vector<std::string>> correct;
  for (const std::string_view reference : references) correct.push_back(tokens_13a(reference));

  for (std::size_t n = 1; n <= longest; ++n) {
    Counts most;
    for (const std::vector<std::string>& reference : correct) {
      for (const auto& [n_gram, count] : n_grams(reference, n)) {
        std::uint64_t& seen = most[n_gram];
        seen = std::max(seen, count);
      }
    }
    for (const auto& [n_gram, count] : n_grams(words, n)) {
      if (const auto found = most.find(n_gram); found != most.end()) matches_[n - 1] += std::min(count, found->second);
    }
    totals_[n - 1] += words.size() + 1 > n ? words.size() + 1 - n : 0;
  }

  std::uint64_t nearest = correct.front().size();
  for (const std::vector<std::string>& reference : correct) {
    const auto key = [&](std::uint64_t size) { return std::pair(distance(size, words.size()), size); };
    if (key(reference.size()) < key(nearest)) nearest = reference.size();
  }
  hypothesis_words_ += words.size();
  reference_words_ += nearest;
  fewest_references_ = sentences_ == 0 ? references.size() : std::min(fewest_references_, references.size());
  most_references_ = std::max(most_references_, references.size());
  ++sentences_;
}

double Bleu::brevity_penalty() const {
  if (hypothesis_words_ >= reference_words_) return 1.0;
  if (hypothesis_words_ == 0) return 0.0;
  return std::exp(1.0 - static_cast<double>(reference_words_) / static_cast<double>(hypothesis_words_));
}

double Bleu::score() const {
  double logarithms = 0.0;
  for (std::size_t n = 0; n < longest; ++n) {
    if (matches_[n] == 0) return 0.0;
    logarithms += std::log(static_cast<double>(matches_[n]) / static_cast<double>(totals_[n]));
  }
  return 100.0 * brevity_penalty() * std::exp(logarithms / static_cast<double>(longest));
}

std::string Bleu::signature() const {
  const std::string references =
      fewest_references_ == most_references_ ? std::to_string(std::max<std::size_t>(1, most_references_)) : "var";
  return "nrefs:" + references + "|case:mixed|eff:no|tok:13a|smooth:none";
}

}  // namespace dnm
