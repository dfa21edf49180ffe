// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/text/parallel_text.h"

#include <algorithm>

#include "core/support/error.h"
#include "training/text/sha256.h"

namespace dnm {
namespace {

bool is_letters(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most &&
         std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

/// "de", "dsb", "pt-br".
bool is_language(std::string_view text) {
  const std::size_t dash = text.find('-');
  return is_letters(text.substr(0, dash), 2, 3) &&
         (dash == std::string_view::npos || is_letters(text.substr(dash + 1), 2, 2));
}

TextFileSum sum_of(std::string name, const std::vector<std::string>& lines) {
  TextFileSum file{std::move(name), lines.size(), 0, {}};
  Sha256 sum;
  for (const std::string& line : lines) {
    sum.add(line);
    sum.add("\n");
    file.bytes += line.size() + 1;
  }
  file.sha256 = sum.digits();
  return file;
}

}  // namespace

std::vector<LanguagePair> language_pairs(std::string_view text) {
  std::vector<LanguagePair> pairs;
  const std::string_view between = text.find('/') == std::string_view::npos ? "-" : "/";
  for (std::size_t at = text.find(between); at != std::string_view::npos; at = text.find(between, at + 1)) {
    const std::string_view source = text.substr(0, at);
    const std::string_view target = text.substr(at + 1);
    if (is_language(source) && is_language(target) && source != target)
      pairs.push_back({std::string(source), std::string(target)});
  }
  if (!pairs.empty()) return pairs;
  throw InvalidInput("\"" + std::string(text) +
                     "\" is no pair of languages; give their codes, such as en-de (Languages, --languages)");
}

std::vector<TextFileSum> manifest(const ParallelText& text, const LanguagePair& languages) {
  std::vector<TextFileSum> files;
  for (const TextPart& part : text_parts) {
    const SentencePairs& pairs = text.*part.pairs;
    files.push_back(sum_of(std::string(part.name) + "." + languages.source, pairs.source));
    files.push_back(sum_of(std::string(part.name) + "." + languages.target, pairs.target));
  }
  return files;
}

std::string manifest_text(const std::vector<TextFileSum>& files) {
  std::string text;
  for (const TextFileSum& file : files) text += file.sha256 + "  " + file.name + "\n";
  return text;
}

}  // namespace dnm
