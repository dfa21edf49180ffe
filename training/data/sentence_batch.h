// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "training/data/batch.h"

namespace dnm {

/// Numbers of the special pieces, the same in every vocabulary.
inline constexpr std::uint32_t padding_piece = 0, unknown_piece = 1, begin_piece = 2, end_piece = 3;
/// How many they are: the first piece of text has this number.
inline constexpr std::uint32_t special_pieces = 4;

/// Sentence pairs of one step as numbers of pieces, each side padded to its longest.
class SentenceBatch : public Batch {
 public:
  std::size_t sentences = 0, source_length = 0, target_length = 0;
  std::vector<std::uint32_t> source;         ///< sentences x source_length, then padding_piece
  std::vector<std::uint32_t> target_input;   ///< sentences x target_length, begins with begin_piece
  std::vector<std::uint32_t> target_output;  ///< sentences x target_length, ends with end_piece, then padding
  /// Target pieces to be guessed: those of target_output that are not padding. O(sentences·target_length).
  [[nodiscard]] std::size_t examples() const override;
};

/// The batch as sentence pairs. Throws std::bad_cast for one of another kind, which no plan pairs with a model that
/// takes sentences.
[[nodiscard]] inline const SentenceBatch& sentences_in(const Batch& batch) {
  return dynamic_cast<const SentenceBatch&>(batch);
}

}  // namespace dnm
