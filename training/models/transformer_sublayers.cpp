// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/transformer_sublayers.h"

#include <array>

namespace dnm {
namespace {

LayerNorm make_norm(const LayerSource& source, const std::string& sublayer, std::size_t features) {
  return {source.state, sublayer + ".norm", features, source.token_kernels};
}

}  // namespace

void drop_tiles(std::size_t site, Tiles<const float> values, Tiles<const float> added, Tiles<float> output,
                StepContext& context) {
  const DropoutDraw draw = context.draw_of(site);
  context.workers.run(values.count(), [&](std::size_t t, std::size_t) {
    const std::size_t first = t * values.neurons * values.full;
    context.kernels.drop(draw, first, std::size_t{values.neurons} * values.width(t), values.tile(t),
                         added.data != nullptr ? added.tile(t) : nullptr, output.tile(t));
  });
  context.clock.mark(StepPart::dropout);
}

AttentionSublayer::AttentionSublayer(const LayerSource& source, const std::string& name, std::size_t heads,
                                     std::size_t site)
    : norm_(make_norm(source, name, parameter_of(source.state, name + ".norm.weight").values.size())),
      q_(source, name + ".q"),
      k_(source, name + ".k"),
      v_(source, name + ".v"),
      o_(source, name + ".o"),
      attention_(q_.n_out(), heads, source.token_kernels),
      site_(site) {}

Tiles<const float> AttentionSublayer::forward(Tiles<const float> input, const Sentences& queries, const Sentences& keys,
                                              bool causal, Tiles<const float> memory, StepContext& context) {
  context.control.check();
  const std::size_t features = input.neurons;
  const std::size_t tokens = input.images;
  input_ = input;
  queries_ = &queries;
  keys_ = &keys;
  causal_ = causal;
  normed_ = normed_room_.shape(features, tokens, input.full);
  norm_.forward(input, normed_, context.workers);
  context.clock.mark(StepPart::norms);

  memory_ = memory.data == nullptr ? Tiles<const float>(normed_) : memory;
  query_ = query_room_.shape(features, tokens, input.full);
  key_ = key_room_.shape(features, memory_.images, input.full);
  value_ = value_room_.shape(features, memory_.images, input.full);
  context_ = context_room_.shape(features, tokens, input.full);
  q_.forward(normed_, query_, false, context);
  k_.forward(memory_, key_, false, context);
  v_.forward(memory_, value_, false, context);
  context.clock.mark(StepPart::products);
  attention_.forward({queries, keys, causal, context.draw_of(site_)}, query_, key_, value_, context_, context.workers);
  context.clock.mark(StepPart::attention);
  const Tiles<float> branch = context.room.branch.shape(features, tokens, input.full);
  o_.forward(context_, branch, false, context);
  context.clock.mark(StepPart::products);
  const Tiles<float> output = output_room_.shape(features, tokens, input.full);
  drop_tiles(site_ + 1, branch, input, output, context);
  return output;
}

void AttentionSublayer::backward(Tiles<float> gradient, Tiles<float> memory_gradient, bool add_memory,
                                 StepContext& context) {
  context.control.check();
  const std::size_t features = input_.neurons;
  const std::size_t tokens = input_.images;
  const unsigned full = input_.full;
  const Tiles<float> branch = context.room.branch.shape(features, tokens, full);
  drop_tiles(site_ + 1, gradient, {}, branch, context);
  const Tiles<float> context_gradient = context.room.context.shape(features, tokens, full);
  o_.input_gradient(branch, {}, context_gradient, false, context);
  context.clock.mark(StepPart::products);

  const Tiles<float> query = context.room.query.shape(features, tokens, full);
  const Tiles<float> key = context.room.key.shape(features, memory_.images, full);
  const Tiles<float> value = context.room.value.shape(features, memory_.images, full);
  attention_.backward({*queries_, *keys_, causal_, context.draw_of(site_)}, query_, key_, value_, context_gradient,
                      query, key, value, context.workers);
  context.clock.mark(StepPart::attention);

  const bool self = memory_gradient.data == nullptr;
  const Tiles<float> normed = context.room.normed.shape(features, tokens, full);
  const Tiles<float> sources = self ? normed : memory_gradient;
  q_.input_gradient(query, {}, normed, false, context);
  k_.input_gradient(key, {}, sources, self || add_memory, context);
  v_.input_gradient(value, {}, sources, true, context);
  compute_gradients(
      std::array<GradientJob, 4>{
          {{q_, normed_, query}, {k_, memory_, key}, {v_, memory_, value}, {o_, context_, branch}}},
      context);
  context.clock.mark(StepPart::products);
  norm_.backward(input_, normed, gradient, context.workers);
  context.clock.mark(StepPart::norms);
}

FeedForwardSublayer::FeedForwardSublayer(const LayerSource& source, const std::string& name, std::size_t site)
    : norm_(make_norm(source, name, parameter_of(source.state, name + ".norm.weight").values.size())),
      w1_(source, name + ".w1"),
      w2_(source, name + ".w2"),
      site_(site) {}

Tiles<const float> FeedForwardSublayer::forward(Tiles<const float> input, StepContext& context) {
  context.control.check();
  const std::size_t tokens = input.images;
  input_ = input;
  normed_ = normed_room_.shape(input.neurons, tokens, input.full);
  norm_.forward(input, normed_, context.workers);
  context.clock.mark(StepPart::norms);
  hidden_ = hidden_room_.shape(w1_.n_out(), tokens, input.full);
  w1_.forward(normed_, hidden_, true, context);
  context.clock.mark(StepPart::products);
  if (context.draw.threshold > 0) drop_tiles(site_, hidden_, {}, hidden_, context);
  const Tiles<float> branch = context.room.branch.shape(input.neurons, tokens, input.full);
  w2_.forward(hidden_, branch, false, context);
  context.clock.mark(StepPart::products);
  const Tiles<float> output = output_room_.shape(input.neurons, tokens, input.full);
  drop_tiles(site_ + 1, branch, input, output, context);
  return output;
}

void FeedForwardSublayer::backward(Tiles<float> gradient, StepContext& context) {
  context.control.check();
  const std::size_t tokens = input_.images;
  const unsigned full = input_.full;
  const Tiles<float> branch = context.room.branch.shape(input_.neurons, tokens, full);
  drop_tiles(site_ + 1, gradient, {}, branch, context);
  const Tiles<float> hidden = context.room.hidden.shape(hidden_.neurons, tokens, full);
  // What was dropped is 0 as what the rectifier stopped; the others had been scaled.
  w2_.input_gradient(branch, hidden_, hidden, false, context);
  context.clock.mark(StepPart::products);
  if (context.draw.threshold > 0) {
    const float scale = context.draw.scale();
    context.workers.run(hidden.count(), [&](std::size_t t, std::size_t) {
      context.kernels.scale(std::size_t{hidden.neurons} * hidden.width(t), scale, hidden.tile(t));
    });
    context.clock.mark(StepPart::dropout);
  }
  const Tiles<float> normed = context.room.normed.shape(input_.neurons, tokens, full);
  w1_.input_gradient(hidden, {}, normed, false, context);
  compute_gradients(std::array<GradientJob, 2>{{{w1_, normed_, hidden}, {w2_, hidden_, branch}}}, context);
  context.clock.mark(StepPart::products);
  norm_.backward(input_, normed, gradient, context.workers);
  context.clock.mark(StepPart::norms);
}

}  // namespace dnm
