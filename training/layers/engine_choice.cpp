// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/engine_choice.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>

#include "core/network/random.h"
#include "core/support/thread_time.h"
#include "training/kernels/aligned_vector.h"
#include "training/layers/linear_layer.h"
#include "training/optimisers/sgd.h"

namespace dnm {
namespace {

constexpr std::uint64_t most_cells = std::uint64_t{1} << 22;  // tried of a layer: 64 MB with the masked engine
constexpr std::uint64_t most_links = std::uint64_t{1} << 22;  // tried of a layer: 120 MB with the sparse engine
constexpr std::size_t most_images_sparse = 128;  // tried of a batch: the sparse engine takes tile after tile
constexpr std::size_t most_images_masked = 256;  // dense products gain from many images, but hardly beyond that
constexpr int most_rounds = 7;
constexpr double enough_milliseconds = 10.0;
constexpr double tolerance = 1.05;

/// The shortest of a few rounds: what disturbs only lengthens.
double shortest(const std::function<void()>& call, const TaskControl& control) {
  call();  // makes room and warms the cache
  double best = std::numeric_limits<double>::infinity();
  double spent = 0.0;
  for (int round = 0; round < most_rounds && (round < 2 || spent < enough_milliseconds); ++round) {
    control.check();
    const double start = thread_milliseconds();
    call();
    const double took = thread_milliseconds() - start;
    best = std::min(best, took);
    spent += took;
  }
  return best;
}

/// A part of a layer to be tried in place of the whole, and how many times longer the whole takes.
struct Sample {
  Mask mask;
  double scale;
};

/// All of the layer for the sparse engine, whose cost is not in the cells; of a very large one every k-th output.
Sample sparse_sample(const Mask& mask) {
  const auto stride = static_cast<NodeIndex>(1 + mask.link_count() / most_links);
  if (stride == 1) return {mask, 1.0};
  Mask part{mask.n_in, 0, {0}, {}};
  for (NodeIndex output = 0; output < mask.n_out; output += stride) {
    const auto row = mask.row(output);
    part.columns.insert(part.columns.end(), row.begin(), row.end());
    part.row_begin.push_back(part.columns.size());
    ++part.n_out;
  }
  return {part, static_cast<double>(mask.n_out) / part.n_out};
}

/// For the masked engine, whose cost is in the cells wherever the links are: a smaller layer of the same proportions.
Sample masked_sample(const Mask& mask) {
  const std::uint64_t cells = std::uint64_t{mask.n_in} * mask.n_out;
  if (cells <= most_cells) return {mask, 1.0};
  const double shrink = std::sqrt(static_cast<double>(most_cells) / static_cast<double>(cells));
  const auto shrunk = [shrink](NodeIndex size) {
    return std::max<NodeIndex>(1, static_cast<NodeIndex>(size * shrink));
  };
  Mask part{shrunk(mask.n_in), shrunk(mask.n_out), {}, {}};
  const NodeIndex links_of_row = mask.link_count() == cells ? part.n_in : 1;
  for (NodeIndex output = 0; output <= part.n_out; ++output) {
    part.row_begin.push_back(std::uint64_t{output} * links_of_row);
    for (NodeIndex input = 0; output < part.n_out && input < links_of_row; ++input) part.columns.push_back(input);
  }
  return {part, static_cast<double>(cells) / (static_cast<double>(part.n_in) * part.n_out)};
}

struct Candidate {
  std::unique_ptr<LinearLayer> (*make)(const Mask&, const ParameterState& weights, const ParameterState& biases);
  std::size_t most_images;
  unsigned tile = tile_width;
};

/// Milliseconds of one step's share of the layer; the first layer of a net has no input gradient.
double milliseconds(const Sample& sample, const Candidate& engine, bool first, std::size_t batch,
                    const TaskControl& control) {
  const Mask& mask = sample.mask;
  const auto parameter = [](std::uint64_t size) {
    return ParameterState{{}, std::vector<float>(size, 0.01F), {std::vector<float>(size)}};
  };
  const auto layer = engine.make(mask, parameter(mask.link_count()), parameter(mask.n_out));
  const std::size_t images = std::min(batch, engine.most_images);
  const std::size_t places = (images + engine.tile - 1) / engine.tile * engine.tile;
  AlignedVector<float> input(std::size_t{mask.n_in} * places);
  AlignedVector<float> input_gradient(input.size());
  AlignedVector<float> output(std::size_t{mask.n_out} * places);
  AlignedVector<float> output_gradient(output.size());
  Random random(0);
  for (AlignedVector<float>* values : {&input, &output_gradient}) {
    for (float& value : *values) value = static_cast<float>(random.uniform()) - 0.5F;
  }
  const Tiles<const float> in{input.data(), mask.n_in, images, engine.tile};
  const Tiles<const float> gradient{output_gradient.data(), mask.n_out, images, engine.tile};
  // A rate of zero: many steps, and the numbers stay as they are.
  const Sgd sgd({.momentum = 0.9, .weight_decay = 0.0});
  const auto step = [&] {
    layer->forward(in, {output.data(), mask.n_out, images, engine.tile}, true);
    if (!first) layer->input_gradient(gradient, in, {input_gradient.data(), mask.n_in, images, engine.tile}, false);
    layer->update(in, gradient, false, {sgd});
  };
  return sample.scale * static_cast<double>(batch) / static_cast<double>(images) * shortest(step, control);
}

double sum(const std::vector<LayerTiming>& timings, const std::function<double(const LayerTiming&)>& of) {
  double total = 0.0;
  for (const LayerTiming& timing : timings) total += of(timing);
  return total;
}

std::unique_ptr<LinearLayer> sparse_layer(const Mask& mask, const ParameterState& weights,
                                          const ParameterState& biases) {
  return make_sparse_layer(mask, weights, biases);
}

}  // namespace

std::vector<LayerTiming> time_layers(std::span<const NamedMask> layers, std::size_t batch, const TaskControl& control) {
  std::vector<LayerTiming> timings;
  const Candidate sparse{sparse_layer, most_images_sparse};
  const Candidate masked{make_masked_layer, most_images_masked};
  for (const NamedMask& layer : layers) {
    const Mask& mask = layer.mask;
    const bool first = &layer == layers.data();
    timings.push_back({Engine::automatic, milliseconds(sparse_sample(mask), sparse, first, batch, control),
                       milliseconds(masked_sample(mask), masked, first, batch, control)});
  }
  return timings;
}

LayerTiming time_token_layer(const NamedMask& layer, std::size_t tokens, unsigned tile, const TaskControl& control) {
  // Both engines take tile after tile.
  const std::size_t most = std::size_t{2} * tile;
  return {Engine::automatic,
          milliseconds(sparse_sample(layer.mask), {sparse_layer, most, tile}, false, tokens, control),
          milliseconds(masked_sample(layer.mask), {make_blas_layer, most, tile}, false, tokens, control)};
}

std::vector<Engine> choose_engines(const std::vector<LayerTiming>& timings) {
  const auto best = [](const LayerTiming& timing) {
    return std::min(timing.sparse_milliseconds, timing.masked_milliseconds);
  };
  const double limit = tolerance * sum(timings, best);
  if (sum(timings, [](const LayerTiming& timing) { return timing.sparse_milliseconds; }) <= limit) {
    return std::vector<Engine>(timings.size(), Engine::sparse);
  }
  if (sum(timings, [](const LayerTiming& timing) { return timing.masked_milliseconds; }) <= limit) {
    return std::vector<Engine>(timings.size(), Engine::masked);
  }
  std::vector<Engine> engines;
  for (const LayerTiming& timing : timings) {
    engines.push_back(timing.sparse_milliseconds <= timing.masked_milliseconds ? Engine::sparse : Engine::masked);
  }
  return engines;
}

double masked_speed_up(const std::vector<LayerTiming>& timings) {
  const double chosen = sum(timings, [](const LayerTiming& timing) {
    return timing.engine == Engine::masked ? timing.masked_milliseconds : timing.sparse_milliseconds;
  });
  return sum(timings, [](const LayerTiming& timing) { return timing.masked_milliseconds; }) / chosen;
}

}  // namespace dnm
