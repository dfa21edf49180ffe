// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/transformer.h"

#include <algorithm>
#include <utility>

#include "core/support/error.h"
#include "core/support/lapack.h"
#include "training/support/random_streams.h"

namespace dnm {
namespace {

/// Two places that drop for each sublayer, and one behind each table.
constexpr std::size_t first_site(std::size_t sublayer) { return 2 + 2 * sublayer; }

std::string numbered(const char* side, std::size_t block) { return side + std::to_string(block + 1); }

void require_fitting(bool fits) {
  if (!fits) throw InvalidInput("the weights do not fit the model; train the model that they were made for");
}

}  // namespace

Transformer::Transformer(const Topology& topology, const ModelState& state, const TransformerSettings& settings,
                         std::span<const Engine> engines, const SparseKernels& kernels,
                         const TokenKernels& token_kernels)
    : settings_(settings),
      engines_(engines.begin(), engines.end()),
      kernels_(kernels),
      token_kernels_(token_kernels),
      full_(kernels.wide_tile),
      workers_(std::max(1U, settings.threads)),
      clock_(settings.threads <= 1),
      generator_bias_(state, "generator.bias", settings.shape.target_pieces),
      encoder_norm_(state, "encoder.norm", settings.shape.width, token_kernels),
      decoder_norm_(state, "decoder.norm", settings.shape.width, token_kernels),
      positions_(settings.shape.width),
      vocabulary_(token_kernels) {
  const TransformerShape& shape = settings.shape;
  if (engines_.size() != topology.layers.size() ||
      std::find(engines_.begin(), engines_.end(), Engine::automatic) != engines_.end()) {
    throw InvalidInput("every matrix needs an engine: sparse or masked");
  }
  for (const NamedMask& layer : topology.layers) names_.push_back(layer.name);
  if (shape.tied) {
    tables_.emplace_back(state, "embedding.weight", shape.source_pieces * shape.width);
  } else {
    tables_.emplace_back(state, "source.embedding.weight", shape.source_pieces * shape.width);
    tables_.emplace_back(state, "target.embedding.weight", shape.target_pieces * shape.width);
    tables_.emplace_back(state, "generator.weight", shape.target_pieces * shape.width);
  }
  const LayerSource source{topology, state, engines_, kernels_, token_kernels_};
  std::size_t sublayer = 0;
  const auto attention = [&](const std::string& name) {
    return AttentionSublayer(source, name, shape.heads, first_site(sublayer++));
  };
  const auto feed_forward = [&](const std::string& name) {
    return FeedForwardSublayer(source, name, first_site(sublayer++));
  };
  for (std::size_t block = 0; block < shape.blocks; ++block) {
    const std::string name = numbered("encoder", block);
    encoder_.push_back({attention(name + ".self"), feed_forward(name + ".ffn")});
  }
  for (std::size_t block = 0; block < shape.blocks; ++block) {
    const std::string name = numbered("decoder", block);
    decoder_.push_back({attention(name + ".self"), attention(name + ".context"), feed_forward(name + ".ffn")});
  }
  std::size_t parameters = 0;
  for_parameters([&](TrainedArray&) { ++parameters; },
                 [&](Projection& one) {
                   parameters += 2;
                   const bool hidden_out = one.n_out() == shape.feed_forward;
                   require_fitting((one.n_in() == shape.width || one.n_in() == shape.feed_forward) &&
                                   (one.n_out() == shape.width || hidden_out));
                 });
  require_fitting(parameters == state.size() && topology.layers.size() == 16 * shape.blocks);
}

std::string Transformer::device() const {
  const bool sparse = std::find(engines_.begin(), engines_.end(), Engine::sparse) != engines_.end();
  const bool masked = std::find(engines_.begin(), engines_.end(), Engine::masked) != engines_.end();
  std::string text = "cpu (";
  if (sparse) text += std::string(kernels_.label) + " sparse kernels";
  if (masked) text += std::string(sparse ? ", " : "") + "dense BLAS products with masks";
  return text + ", " + std::to_string(workers_.threads()) + (workers_.threads() == 1 ? " thread)" : " threads)");
}

template <class UseArray, class UseProjection>
void Transformer::for_parameters(const UseArray& use_array, const UseProjection& use_projection) {
  const auto use_sublayer = [&](auto& sublayer) {
    sublayer.norm().for_arrays(use_array);
    sublayer.for_projections(use_projection);
  };
  use_array(tables_.front());
  if (!settings_.shape.tied) use_array(target_table());
  for (EncoderBlock& block : encoder_) {
    use_sublayer(block.self);
    use_sublayer(block.feed_forward);
  }
  encoder_norm_.for_arrays(use_array);
  for (DecoderBlock& block : decoder_) {
    use_sublayer(block.self);
    use_sublayer(block.context);
    use_sublayer(block.feed_forward);
  }
  decoder_norm_.for_arrays(use_array);
  if (!settings_.shape.tied) use_array(generator());
  use_array(generator_bias_);
}

StepContext Transformer::context_of(const TaskControl& control, const LearningStep* step) {
  clock_.begin();
  StepContext context{workers_, clock_, token_kernels_, control, room_};
  if (step != nullptr) {
    context.draw = {settings_.seed, training_stream(TrainingStream::dropout, step->step & 0xFFFFFFFFU),
                    static_cast<std::uint32_t>(settings_.dropout * 65536.0 + 0.5)};
  }
  return context;
}

void Transformer::take(const SentenceBatch& batch) {
  source_.clear();
  target_.clear();
  answers_.clear();
  const auto length = [](const std::uint32_t* from, std::size_t most) {
    return static_cast<std::size_t>(std::find(from, from + most, padding_piece) - from);
  };
  for (std::size_t s = 0; s < batch.sentences; ++s) {
    const std::uint32_t* source = batch.source.data() + s * batch.source_length;
    source_.add(source, length(source, batch.source_length));
    const std::uint32_t* answers = batch.target_output.data() + s * batch.target_length;
    const std::size_t target = length(answers, batch.target_length);
    target_.add(batch.target_input.data() + s * batch.target_length, target);
    answers_.insert(answers_.end(), answers, answers + target);
  }
  const auto within = [](const std::vector<std::uint32_t>& pieces, std::size_t count) {
    return std::all_of(pieces.begin(), pieces.end(), [count](std::uint32_t piece) { return piece < count; });
  };
  if (!within(source_.pieces, settings_.shape.source_pieces) ||
      !within(target_.pieces, settings_.shape.target_pieces) || !within(answers_, settings_.shape.target_pieces)) {
    throw InvalidInput("the text has pieces that the model's vocabulary does not; take the vocabulary of its run");
  }
  positions_.make_room(std::max(batch.source_length, batch.target_length));
}

Tiles<const float> Transformer::encode(StepContext& context) {
  const Tiles<float> embedded = embedded_source_.shape(settings_.shape.width, source_.pieces.size(), full_);
  embed(source_table(), positions_, source_, embedded, workers_);
  clock_.mark(StepPart::embeddings);
  if (context.draw.threshold > 0) drop_tiles(0, embedded, {}, embedded, context);
  Tiles<const float> stream = embedded;
  for (EncoderBlock& block : encoder_) {
    stream = block.self.forward(stream, source_, source_, false, {}, context);
    stream = block.feed_forward.forward(stream, context);
  }
  return stream;
}

Transformer::Pass Transformer::forward(StepContext& context) {
  const std::size_t width = settings_.shape.width;
  Pass pass;
  pass.source_stream = encode(context);
  const Tiles<float> memory = memory_.shape(width, source_.pieces.size(), full_);
  encoder_norm_.forward(pass.source_stream, memory, workers_);
  pass.memory = memory;
  clock_.mark(StepPart::norms);

  const Tiles<float> embedded = embedded_target_.shape(width, target_.pieces.size(), full_);
  embed(target_table(), positions_, target_, embedded, workers_);
  clock_.mark(StepPart::embeddings);
  if (context.draw.threshold > 0) drop_tiles(1, embedded, {}, embedded, context);
  Tiles<const float> stream = embedded;
  for (DecoderBlock& block : decoder_) {
    stream = block.self.forward(stream, target_, target_, true, {}, context);
    stream = block.context.forward(stream, target_, source_, false, memory, context);
    stream = block.feed_forward.forward(stream, context);
  }
  pass.target_stream = stream;
  const Tiles<float> output = output_.shape(width, target_.pieces.size(), full_);
  decoder_norm_.forward(stream, output, workers_);
  pass.output = output;
  clock_.mark(StepPart::norms);
  return pass;
}

BatchSums Transformer::forward_and_backward(const SentenceBatch& batch, float smoothing, StepContext& context) {
  const SingleThreadedBlas single;
  take(batch);
  const Pass pass = forward(context);
  for (TrainedArray& table : tables_) table.clear_gradient();
  generator_bias_.clear_gradient();
  const Tiles<float> gradient = output_gradient_.shape(settings_.shape.width, target_.pieces.size(), full_);
  const float scale = 1.0F / static_cast<float>(std::max<std::size_t>(1, answers_.size()));
  const BatchSums sums =
      vocabulary_.step(generator(), generator_bias_, pass.output, answers_, smoothing, scale, gradient, workers_);
  clock_.mark(StepPart::vocabulary);
  backward(pass, context);
  return sums;
}

void Transformer::backward(const Pass& pass, StepContext& context) {
  const std::size_t width = settings_.shape.width;
  const auto cleared = [](TokenArray& array, std::size_t features, std::size_t tokens, unsigned full) {
    const Tiles<float> tiles = array.shape(features, tokens, full);
    std::fill_n(tiles.data, tiles.count() * features * full, 0.0F);
    return tiles;
  };
  Tiles<float> stream = cleared(stream_gradient_, width, target_.pieces.size(), full_);
  const Tiles<float> output = output_gradient_.shape(width, target_.pieces.size(), full_);
  decoder_norm_.backward(pass.target_stream, output, stream, workers_);
  clock_.mark(StepPart::norms);
  const Tiles<float> memory = memory_gradient_.shape(width, source_.pieces.size(), full_);
  for (std::size_t block = decoder_.size(); block-- > 0;) {
    decoder_[block].feed_forward.backward(stream, context);
    decoder_[block].context.backward(stream, memory, block + 1 < decoder_.size(), context);
    decoder_[block].self.backward(stream, {}, false, context);
  }
  if (context.draw.threshold > 0) drop_tiles(1, stream, {}, stream, context);
  embed_backward(target_, stream, target_table(), workers_);
  clock_.mark(StepPart::embeddings);

  stream = cleared(stream_gradient_, width, source_.pieces.size(), full_);
  encoder_norm_.backward(pass.source_stream, memory, stream, workers_);
  clock_.mark(StepPart::norms);
  for (std::size_t block = encoder_.size(); block-- > 0;) {
    encoder_[block].feed_forward.backward(stream, context);
    encoder_[block].self.backward(stream, {}, false, context);
  }
  if (context.draw.threshold > 0) drop_tiles(0, stream, {}, stream, context);
  embed_backward(source_, stream, source_table(), workers_);
  clock_.mark(StepPart::embeddings);
}

BatchSums Transformer::step(const Batch& batch, const LearningStep& step, const TaskControl& control) {
  StepContext context = context_of(control, &step);
  const BatchSums sums =
      forward_and_backward(sentences_in(batch), static_cast<float>(settings_.label_smoothing), context);
  control.check();
  std::vector<TrainedArray*> arrays;
  std::vector<Projection*> projections;
  for_parameters([&](TrainedArray& array) { arrays.push_back(&array); },
                 [&](Projection& one) { projections.push_back(&one); });
  workers_.run(arrays.size() + projections.size(), [&](std::size_t i, std::size_t) {
    if (i < arrays.size()) return arrays[i]->update(step);
    projections[i - arrays.size()]->layer().update(step);
  });
  clock_.mark(StepPart::optimiser);
  return sums;
}

BatchSums Transformer::evaluate(const Batch& batch, const UseScores& use) {
  const SingleThreadedBlas single;
  const TaskControl control;
  StepContext context = context_of(control, nullptr);
  take(sentences_in(batch));
  const Pass pass = forward(context);
  return vocabulary_.evaluate(generator(), generator_bias_, pass.output, answers_, use, workers_);
}

ModelState Transformer::gradients(const Batch& batch) {
  const TaskControl control;
  StepContext context = context_of(control, nullptr);
  forward_and_backward(sentences_in(batch), static_cast<float>(settings_.label_smoothing), context);
  ModelState made;
  for_parameters([&](TrainedArray& array) { array.add_gradient(made); },
                 [&](Projection& one) {
                   LayerState gradients = one.layer().gradients();
                   gradients.weights.name = names_[one.place()] + ".weight";
                   gradients.biases.name = names_[one.place()] + ".bias";
                   made.push_back(std::move(gradients.weights));
                   made.push_back(std::move(gradients.biases));
                 });
  return made;
}

void Transformer::dense_gradients(std::span<const std::size_t> layers, const Batch& batch, const UseGradients& use) {
  const TaskControl control;
  StepContext context = context_of(control, nullptr);
  context.dense = {layers, &use};
  forward_and_backward(sentences_in(batch), static_cast<float>(settings_.label_smoothing), context);
}

ModelState Transformer::state() const {
  ModelState made;
  // Visits and copies; for_parameters is not const since steps use it as well.
  auto& self = const_cast<Transformer&>(*this);
  self.for_parameters([&](TrainedArray& array) { array.add_parameter(made); },
                      [&](Projection& one) {
                        LayerState parameters = one.layer().parameters();
                        parameters.weights.name = names_[one.place()] + ".weight";
                        parameters.biases.name = names_[one.place()] + ".bias";
                        made.push_back(std::move(parameters.weights));
                        made.push_back(std::move(parameters.biases));
                      });
  return made;
}

void Transformer::rewire(std::size_t layer, const Mask& mask, const ParameterState& weights) {
  for_parameters([](TrainedArray&) {},
                 [&](Projection& one) {
                   if (one.place() == layer) one.rewire(mask, weights);
                 });
}

}  // namespace dnm
