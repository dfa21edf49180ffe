// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/support/task_control.h"
#include "training/models/transformer.h"
#include "training/settings/decoding_settings.h"

namespace dnm {

/// A translation.
struct Hypothesis {
  std::vector<std::uint32_t> pieces;  ///< without begin_piece and end_piece
  double score = 0.0;                 ///< log P, divided by the penalty; the end counts as a piece in both
};

/// Translates with a Transformer. Keys and values of the pieces so far are kept, so that each piece costs one column of
/// every product: 8·d·blocks bytes for each piece of each hypothesis. Sentences go side by side.
///
/// At each step the `beam` best continuations of all hypotheses of a sentence go on, by log P, the first of equals;
/// those that end are set aside. A sentence is done when the best continuation of a step has ended, or nothing goes on;
/// at the greatest length all hypotheses end. The best score of those set aside wins.
class TransformerDecoder {
 public:
  /// Uses the model's parameters as they are at each call; the model must outlive it.
  TransformerDecoder(Transformer& model, const DecodingSettings& settings) : model_(model), settings_(settings) {}

  /// One hypothesis for each source (pieces without padding). Throws Cancelled, and InvalidInput for unknown pieces.
  [[nodiscard]] std::vector<Hypothesis> decode(std::span<const std::vector<std::uint32_t>> sources,
                                               const TaskControl& control = {});

 private:
  /// Keys (features × room) and values (room × features) of the tokens one sentence sees.
  struct Cache {
    AlignedVector<float> keys, values;
    std::size_t length = 0;
  };
  /// A hypothesis that goes on; the last of its pieces was not computed yet.
  struct Live {
    std::size_t sentence = 0;
    std::size_t slot = 0;  ///< of its keys and values
    double log_probability = 0.0;
    std::vector<std::uint32_t> pieces;  ///< with begin_piece
  };
  struct Continuation {
    std::size_t parent = 0;  ///< among the live ones
    std::uint32_t piece = 0;
    double log_probability = 0.0;
  };

  void begin(std::span<const std::vector<std::uint32_t>> sources, StepContext& context);
  [[nodiscard]] Tiles<const float> advance(StepContext& context);
  void append(Cache& cache, std::size_t room, Tiles<const float> keys, Tiles<const float> values,
              std::size_t token) const;
  void attend(const Cache& cache, std::size_t room, Tiles<const float> query, std::size_t token, Tiles<float> output);
  void find_continuations(Tiles<const float> output);
  void go_on(std::size_t step);
  void set_aside(std::size_t sentence, const std::vector<std::uint32_t>& pieces, bool ended, double log_probability);

  Transformer& model_;
  DecodingSettings settings_;
  std::vector<Live> live_;
  std::vector<std::vector<Continuation>> continuations_;  ///< of each sentence, the best first
  std::vector<std::size_t> most_pieces_;                  ///< of each sentence's translation
  std::vector<Hypothesis> best_;
  std::vector<bool> found_;                          ///< whether `best_` holds one
  std::size_t source_room_ = 0, target_room_ = 0;    ///< tokens that caches have room for
  std::vector<std::vector<Cache>> source_, target_;  ///< of each block: by sentence, by slot
  Sentences tokens_;                                 ///< the one of each live hypothesis
  TokenArray stream_, normed_, query_, key_, value_, seen_, branch_, hidden_, output_;
  AlignedVector<float> scores_, sum_;
};

}  // namespace dnm
