// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "training/data/batch.h"

namespace dnm {

/// Numbers of the special pieces, the same in every vocabulary.
inline constexpr std::uint32_t padding_piece = 0, unknown_piece = 1, begin_piece = 2, end_piece = 3;

/// Sentence pairs of one step as numbers of pieces, each side padded to its longest.
class SentenceBatch : public Batch {
 public:
  std::size_t sentences = 0, source_length = 0, target_length = 0;
  std::vector<std::uint32_t> source;         ///< sentences × source_length, then padding_piece
  std::vector<std::uint32_t> target_input;   ///< sentences × target_length, begins with begin_piece
  std::vector<std::uint32_t> target_output;  ///< sentences × target_length, ends with end_piece, then padding

  /// Target pieces to be guessed: those of target_output that are not padding.
  [[nodiscard]] std::size_t examples() const override {
    return target_output.size() -
           static_cast<std::size_t>(std::count(target_output.begin(), target_output.end(), padding_piece));
  }
};

/// The batch as sentence pairs. Throws std::bad_cast for one of another kind.
[[nodiscard]] inline const SentenceBatch& sentences_in(const Batch& batch) {
  return dynamic_cast<const SentenceBatch&>(batch);
}

}  // namespace dnm
