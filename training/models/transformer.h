// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "training/data/sentence_batch.h"
#include "training/layers/token_embedding.h"
#include "training/layers/vocabulary_loss.h"
#include "training/models/model.h"
#include "training/models/transformer_settings.h"
#include "training/models/transformer_sublayers.h"

namespace dnm {

/// What a Transformer computes with besides its parameters.
struct TransformerSettings {
  TransformerShape shape;
  double dropout = 0.1;          ///< after embeddings, in attention, in and after each sublayer; in [0, 1)
  double label_smoothing = 0.0;  ///< of the loss of steps and gradients; in [0, 1)
  std::uint64_t seed = 0;        ///< of dropout
  unsigned threads = 1;          ///< at least 1; results are the same for any number
};

/// The encoder-decoder Transformer with layer normalisation before each sublayer (manual: methods/training,
/// "The Transformer"), whose matrices are computed at their links. It takes SentenceBatch; padding is left out of every
/// computation. Loss and hits are those of the target pieces; `evaluate` knows neither dropout nor smoothing.
///
/// Activations lie features × tokens in tiles from one matrix to the next. The memory of a step is kept for the next:
/// about 4·(12·d + feed_forward)·blocks bytes for each source and target token, four tiles of scores, and 4 bytes for
/// each weight of attention.
class Transformer final : public Model {
 public:
  /// `engines`: one per layer of the topology, none `automatic`; `masked` is computed by BLAS. Throws InvalidInput when
  /// state and topology do not fit the shape.
  Transformer(const Topology& topology, const ModelState& state, const TransformerSettings& settings,
              std::span<const Engine> engines, const SparseKernels& kernels = best_kernels(),
              const TokenKernels& token_kernels = best_token_kernels());

  [[nodiscard]] std::string_view engine() const override { return engine_summary(engines_); }
  [[nodiscard]] std::string device() const override;
  BatchSums step(const Batch& batch, const LearningStep& step, const TaskControl& control) override;
  using Model::evaluate;
  [[nodiscard]] BatchSums evaluate(const Batch& batch, const UseScores& use) override;
  [[nodiscard]] ModelState gradients(const Batch& batch) override;
  void dense_gradients(std::span<const std::size_t> layers, const Batch& batch, const UseGradients& use) override;
  [[nodiscard]] ModelState state() const override;
  void rewire(std::size_t layer, const Mask& mask, const ParameterState& weights) override;

  /// Milliseconds that steps have taken so far.
  [[nodiscard]] const StepTimes& times() const { return clock_.times(); }

 private:
  friend class TransformerDecoder;
  struct EncoderBlock {
    AttentionSublayer self;
    FeedForwardSublayer feed_forward;
  };
  struct DecoderBlock {
    AttentionSublayer self, context;
    FeedForwardSublayer feed_forward;
  };
  /// The tiles of one pass.
  struct Pass {
    Tiles<const float> source_stream, memory, target_stream, output;
  };

  [[nodiscard]] TrainedArray& source_table() { return tables_.front(); }
  [[nodiscard]] TrainedArray& target_table() { return tables_[settings_.shape.tied ? 0 : 1]; }
  [[nodiscard]] TrainedArray& generator() { return tables_.back(); }
  [[nodiscard]] StepContext context_of(const TaskControl& control, const LearningStep* step);
  void take(const SentenceBatch& batch);
  [[nodiscard]] Tiles<const float> encode(StepContext& context);
  [[nodiscard]] Pass forward(StepContext& context);
  BatchSums forward_and_backward(const SentenceBatch& batch, float smoothing, StepContext& context);
  void backward(const Pass& pass, StepContext& context);
  /// Calls use_array for each dense parameter and use_projection for each matrix, in the order of the state.
  template <class UseArray, class UseProjection>
  void for_parameters(const UseArray& use_array, const UseProjection& use_projection);

  TransformerSettings settings_;
  std::vector<Engine> engines_;
  const SparseKernels& kernels_;
  const TokenKernels& token_kernels_;
  unsigned full_;  ///< tokens of a full tile
  Workers workers_;
  StepClock clock_;
  std::vector<std::string> names_;    ///< of the layers of the topology
  std::vector<TrainedArray> tables_;  ///< source, target, generator; one when they are tied
  TrainedArray generator_bias_;
  std::vector<EncoderBlock> encoder_;
  std::vector<DecoderBlock> decoder_;
  LayerNorm encoder_norm_, decoder_norm_;
  Positions positions_;
  VocabularyLoss vocabulary_;
  Sentences source_, target_;
  std::vector<std::uint32_t> answers_;  ///< target pieces to be guessed, of each target token
  TokenArray embedded_source_, embedded_target_, memory_, output_;
  TokenArray stream_gradient_, memory_gradient_, output_gradient_;
  SharedRoom room_;
};

}  // namespace dnm
