// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/task_control.h"
#include "training/data/sentence_batch.h"

namespace dnm {

/// Sentences as numbers of pieces, one after the other.
class PieceLines {
 public:
  void add(std::span<const std::uint32_t> pieces) {
    pieces_.insert(pieces_.end(), pieces.begin(), pieces.end());
    ends_.push_back(pieces_.size());
  }
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::span<const std::uint32_t> operator[](std::size_t line) const {
    const std::size_t begin = line == 0 ? 0 : ends_[line - 1];
    return std::span(pieces_).subspan(begin, ends_[line] - begin);
  }
  [[nodiscard]] std::size_t length(std::size_t line) const { return (*this)[line].size(); }
  /// Of all lines.
  [[nodiscard]] std::uint64_t pieces() const { return pieces_.size(); }
  [[nodiscard]] std::uint64_t bytes() const { return 4 * pieces_.size() + 8 * ends_.size(); }
  bool operator==(const PieceLines&) const = default;

 private:
  std::vector<std::uint32_t> pieces_;
  std::vector<std::size_t> ends_;
};

/// Text as numbers of pieces and back. Immutable and thread-safe; the first `special_pieces` numbers are those of
/// training/data/sentence_batch.h.
class Vocabulary {
 public:
  virtual ~Vocabulary() = default;
  /// Pieces, the special ones included.
  [[nodiscard]] virtual std::uint32_t size() const = 0;
  /// Sentences in UTF-8, without line ends, as pieces; neither begin nor end is added. What it does not have becomes
  /// unknown_piece. Throws ResourceError, Cancelled.
  [[nodiscard]] virtual PieceLines pieces(std::span<const std::string> sentences,
                                          const TaskControl& control = {}) const = 0;
  /// The text of a sentence up to its end_piece, the special pieces left out, an unknown one as "⁇". Numbers that it
  /// does not have are unknown. O(bytes).
  [[nodiscard]] virtual std::string text(std::span<const std::uint32_t> pieces) const = 0;
  /// As its file holds it.
  [[nodiscard]] virtual std::string_view content() const = 0;
};

/// What stands for an unknown piece in text: U+2047.
inline constexpr std::string_view unknown_piece_text = "⁇";

using VocabularyPointer = std::shared_ptr<const Vocabulary>;

/// Of the two sides of a text; with pieces learned from both sides together they are the same object.
struct Vocabularies {
  VocabularyPointer source;
  VocabularyPointer target;
  [[nodiscard]] bool is_joint() const { return source == target; }
};

/// How sentences are cut.
enum class TextKind : std::uint8_t {
  raw,   ///< text as people write it, into pieces learned from both sides of the training part (byte-pair encoding)
  words  ///< text that is cut already, at its blanks
};

/// What vocabularies are made by.
struct VocabularySettings {
  TextKind kind = TextKind::raw;
  std::uint32_t pieces = 4000;   ///< raw: as many as there shall be, special ones included
  std::uint32_t most_words = 0;  ///< words: of each side, the most frequent ones; 0: all
  bool operator==(const VocabularySettings&) const = default;
};

/// Pieces of both sides together, by Debian's SentencePiece (byte-pair encoding; Sennrich, Haddow and Birch, ACL 2016,
/// doi:10.18653/v1/P16-1162). The same sentences give the same pieces. Fewer than asked for where the text has no more.
/// A few seconds for a million words. Throws ResourceError (its program is missing), InvalidInput (fewer pieces than
/// letters), Cancelled.
[[nodiscard]] VocabularyPointer learned_pieces(std::uint32_t pieces, std::span<const std::string> source,
                                               std::span<const std::string> target, const TaskControl& control = {});
/// A SentencePiece model whose special pieces are ours. Throws InvalidInput, worded to follow "FILE: ".
[[nodiscard]] VocabularyPointer pieces_from_model(std::string model, const TaskControl& control = {});

/// The words of one side by frequency, equal ones in the order of their bytes; at most `most` (0: any number).
[[nodiscard]] VocabularyPointer learned_words(std::uint32_t most, std::span<const std::string> sentences);
/// A word a line, in the order of their numbers. Throws InvalidInput, worded to follow "FILE: ".
[[nodiscard]] VocabularyPointer words_from_list(std::string list);

/// Both sides of a training part.
[[nodiscard]] Vocabularies learned_vocabularies(const VocabularySettings& settings, std::span<const std::string> source,
                                                std::span<const std::string> target, const TaskControl& control = {});

/// Writes them into a run's folder: vocabulary.json, and pieces.model or words.source.txt and words.target.txt.
/// `origin` says what they were learned from, such as a checksum of the training part. Throws FileError.
void save_vocabularies(const std::filesystem::path& folder, const Vocabularies& vocabularies,
                       const VocabularySettings& settings, std::string_view origin);
/// Vocabularies of a run's folder, and what they were made by.
struct SavedVocabularies {
  Vocabularies vocabularies;
  VocabularySettings settings;
  std::string origin;
};
/// Whether a run's folder has some.
[[nodiscard]] bool has_vocabularies(const std::filesystem::path& folder);
/// Throws FileError: a file is missing, damaged, or not the one that was written with the others.
[[nodiscard]] SavedVocabularies load_vocabularies(const std::filesystem::path& folder, const TaskControl& control = {});

}  // namespace dnm
