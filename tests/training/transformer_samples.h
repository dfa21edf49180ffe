// SPDX-License-Identifier: GPL-3.0-or-later
// Small Transformers and batches that several tests share.
#pragma once

#include <cstdint>
#include <vector>

#include "training/data/sentence_batch.h"
#include "training/models/transformer.h"

namespace samples {

enum class Masks { random, blocks, dead_row, dense, mixed };

[[nodiscard]] inline dnm::TransformerShape small_shape(bool tied = false) {
  return {.blocks = 2,
          .width = 32,
          .heads = 4,
          .feed_forward = 48,
          .source_pieces = tied ? 41U : 37U,
          .target_pieces = 41,
          .tied = tied};
}
/// `mixed`: dense and random masks in turn.
[[nodiscard]] dnm::Topology transformer_topology(const dnm::TransformerShape& shape, Masks masks);
/// As drawn, but with norms that are not 1 and 0, so that these would show.
[[nodiscard]] dnm::ModelState transformer_state(const dnm::Topology& topology, const dnm::TransformerShape& shape,
                                                std::uint64_t seed, std::size_t slots = 2);
/// Sentences of 1 to `longest` random pieces; the target side ends with end_piece.
[[nodiscard]] dnm::SentenceBatch sentences(const dnm::TransformerShape& shape, std::size_t count, std::size_t longest,
                                           std::uint64_t seed);

}  // namespace samples
