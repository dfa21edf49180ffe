// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/files/file_text.h"
#include "core/support/error.h"
#include "training/text/vocabulary.h"
#include "training/text/words.h"

namespace dnm {
namespace {

class WordList : public Vocabulary {
 public:
  explicit WordList(std::string list) : list_(std::move(list)) {
    words_.resize(special_pieces);
    for (std::string_view left = list_; !left.empty();) {
      const std::string_view word = next_line(left);
      if (words_of(word).size() != 1 || words_of(word).front() != word) {
        throw InvalidInput("line " + std::to_string(words_.size() - special_pieces + 1) +
                           " is not one word; take the file that the run has written");
      }
      if (!numbers_.emplace(word, static_cast<std::uint32_t>(words_.size())).second) {
        throw InvalidInput("the word " + in_quotes(word) +
                           " stands there twice; take the file that the run has written");
      }
      words_.push_back(word);
    }
  }
  WordList(const WordList&) = delete;
  WordList& operator=(const WordList&) = delete;

  [[nodiscard]] std::uint32_t size() const override { return static_cast<std::uint32_t>(words_.size()); }
  [[nodiscard]] std::string_view content() const override { return list_; }

  [[nodiscard]] PieceLines pieces(std::span<const std::string> sentences, const TaskControl& control) const override {
    constexpr std::size_t between_looks = 4096;
    PieceLines lines;
    std::vector<std::uint32_t> line;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      if (i % between_looks == 0) {
        control.check();
        control.report(static_cast<double>(i) / static_cast<double>(sentences.size()));
      }
      line.clear();
      for (const std::string_view word : words_of(sentences[i])) {
        const auto found = numbers_.find(word);
        line.push_back(found == numbers_.end() ? unknown_piece : found->second);
      }
      lines.add(line);
    }
    return lines;
  }

  [[nodiscard]] std::string text(std::span<const std::uint32_t> pieces) const override {
    std::string made;
    for (const std::uint32_t piece : pieces) {
      if (piece == end_piece) break;
      if (piece == padding_piece || piece == begin_piece) continue;
      const bool is_known = piece != unknown_piece && piece < words_.size();
      (made.empty() ? made : made += ' ') += is_known ? words_[piece] : unknown_piece_text;
    }
    return with_splits_joined(made);
  }

 private:
  std::string list_;
  std::vector<std::string_view> words_;  ///< parts of the list; empty for the special pieces
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

}  // namespace

VocabularyPointer learned_words(std::uint32_t most, std::span<const std::string> sentences) {
  std::unordered_map<std::string_view, std::uint64_t> counts;
  for (const std::string& sentence : sentences) {
    for (const std::string_view word : words_of(sentence)) ++counts[word];
  }
  std::vector<std::pair<std::string_view, std::uint64_t>> words(counts.begin(), counts.end());
  std::ranges::sort(words, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  if (most > 0 && words.size() > most) words.resize(most);
  std::string list;
  for (const auto& [word, count] : words) list.append(word) += '\n';
  return words_from_list(std::move(list));
}

VocabularyPointer words_from_list(std::string list) { return std::make_shared<WordList>(std::move(list)); }

}  // namespace dnm
