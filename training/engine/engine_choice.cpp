// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/engine_choice.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <functional>
#include <limits>
#include <memory>

#include "core/network/random.h"
#include "training/engine/mlp_layer.h"
#include "training/kernels/aligned_vector.h"

namespace dnm {
namespace {

constexpr std::uint64_t most_cells = std::uint64_t{1} << 21;  // tried of a layer: 32 MB with the masked engine
constexpr int most_rounds = 7;
constexpr double enough_milliseconds = 10.0;
constexpr double tolerance = 1.05;

double thread_milliseconds() {
  std::timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

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

/// Every `stride`-th output neuron of a layer with its links.
Mask every(const Mask& mask, NodeIndex stride) {
  Mask part{mask.n_in, 0, {0}, {}};
  for (NodeIndex output = 0; output < mask.n_out; output += stride) {
    const auto row = mask.row(output);
    part.columns.insert(part.columns.end(), row.begin(), row.end());
    part.row_begin.push_back(part.columns.size());
    ++part.n_out;
  }
  return part;
}

double sum(const std::vector<LayerTiming>& timings, const std::function<double(const LayerTiming&)>& of) {
  double total = 0.0;
  for (const LayerTiming& timing : timings) total += of(timing);
  return total;
}

}  // namespace

std::vector<LayerTiming> time_layers(const std::vector<Mask>& masks, std::size_t batch, const TaskControl& control) {
  std::vector<LayerTiming> timings;
  Random random(0);
  for (std::size_t i = 0; i < masks.size(); ++i) {
    const std::uint64_t cells = std::uint64_t{masks[i].n_in} * masks[i].n_out;
    const auto stride = static_cast<NodeIndex>(std::max<std::uint64_t>(1, cells / most_cells));
    const Mask part = every(masks[i], stride);
    const LayerState state{{std::vector<float>(part.link_count(), 0.01F), std::vector<float>(part.n_out, 0.01F)},
                           {std::vector<float>(part.link_count()), std::vector<float>(part.n_out)}};
    const std::size_t places = (batch + tile_width - 1) / tile_width * tile_width;
    AlignedVector<float> input(std::size_t{part.n_in} * places);
    AlignedVector<float> input_gradient(input.size());
    AlignedVector<float> output(std::size_t{part.n_out} * places);
    AlignedVector<float> output_gradient(output.size());
    for (AlignedVector<float>* values : {&input, &output_gradient}) {
      for (float& value : *values) value = static_cast<float>(random.uniform()) - 0.5F;
    }
    const auto measure = [&](const std::unique_ptr<MlpLayer>& layer) {
      // A rate of zero: many steps, and the numbers stay as they are.
      return shortest(
                 [&] {
                   const Tiles<const float> in{input.data(), part.n_in, batch};
                   const Tiles<const float> gradient{output_gradient.data(), part.n_out, batch};
                   layer->forward(in, {output.data(), part.n_out, batch}, true);
                   if (i > 0) layer->input_gradient(gradient, in, {input_gradient.data(), part.n_in, batch});
                   layer->update(in, gradient, false, {0.0F, 0.9F, 0.0F});
                 },
                 control) *
             static_cast<double>(masks[i].n_out) / std::max<NodeIndex>(1, part.n_out);
    };
    timings.push_back({{}, measure(make_sparse_layer(part, state)), measure(make_masked_layer(part, state))});
  }
  return timings;
}

std::vector<std::string> choose_engines(const std::vector<LayerTiming>& timings) {
  const auto best = [](const LayerTiming& timing) {
    return std::min(timing.sparse_milliseconds, timing.masked_milliseconds);
  };
  const double limit = tolerance * sum(timings, best);
  if (sum(timings, [](const LayerTiming& timing) { return timing.sparse_milliseconds; }) <= limit) {
    return std::vector<std::string>(timings.size(), "sparse");
  }
  if (sum(timings, [](const LayerTiming& timing) { return timing.masked_milliseconds; }) <= limit) {
    return std::vector<std::string>(timings.size(), "masked");
  }
  std::vector<std::string> engines;
  for (const LayerTiming& timing : timings) {
    engines.emplace_back(timing.sparse_milliseconds <= timing.masked_milliseconds ? "sparse" : "masked");
  }
  return engines;
}

double masked_speed_up(const std::vector<LayerTiming>& timings) {
  const double chosen = sum(timings, [](const LayerTiming& timing) {
    return timing.engine == "masked" ? timing.masked_milliseconds : timing.sparse_milliseconds;
  });
  return sum(timings, [](const LayerTiming& timing) { return timing.masked_milliseconds; }) / chosen;
}

}  // namespace dnm
