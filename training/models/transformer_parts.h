// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/support/task_control.h"
#include "core/support/thread_time.h"
#include "training/kernels/aligned_vector.h"
#include "training/kernels/token_kernels.h"
#include "training/layers/engine.h"
#include "training/layers/linear_layer.h"
#include "training/models/model.h"
#include "training/models/topology.h"
#include "training/support/workers.h"

namespace dnm {

/// What a step of a Transformer spends its time on.
enum class StepPart : std::uint8_t { products, attention, vocabulary, dropout, norms, embeddings, optimiser };
inline constexpr std::size_t step_parts = 7;
using StepTimes = std::array<double, step_parts>;  ///< milliseconds by StepPart

/// Gives the time since its last mark to a part: what one thread has computed, or with several the time on the wall.
class StepClock {
 public:
  explicit StepClock(bool one_thread) : one_thread_(one_thread) {}
  void begin() { last_ = now(); }
  void mark(StepPart part) {
    const double time = now();
    times_[static_cast<std::size_t>(part)] += time - last_;
    last_ = time;
  }
  [[nodiscard]] const StepTimes& times() const { return times_; }

 private:
  [[nodiscard]] double now() const {
    if (one_thread_) return thread_milliseconds();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
  }
  bool one_thread_;
  double last_ = 0.0;
  StepTimes times_{};
};

/// Which layers' gradients someone wants with every link (see Model::dense_gradients).
struct DenseRequest {
  std::span<const std::size_t> layers;
  const UseGradients* use = nullptr;
};

/// Values of tokens that are kept from step to step for their memory.
class TokenArray {
 public:
  /// Room for that many tokens; what it held is lost. Has data for no token as well.
  Tiles<float> shape(std::size_t features, std::size_t tokens, unsigned full) {
    const std::size_t room = (tokens + full - 1) / full * full * features;
    if (values_.size() < room || values_.empty()) values_.resize(std::max(room, features));
    return {values_.data(), static_cast<std::uint32_t>(features), tokens, full};
  }

 private:
  AlignedVector<float> values_;
};

/// Values that live from one operation to the next, shared by all sublayers.
struct SharedRoom {
  TokenArray branch, normed, query, key, value, context, hidden;
};

/// What the sublayers of one forward or backward pass share.
struct StepContext {
  Workers& workers;
  StepClock& clock;
  const TokenKernels& kernels;
  const TaskControl& control;
  SharedRoom& room;
  DropoutDraw draw{};  ///< of the pass; each place that drops has a seed of its own
  DenseRequest dense{};

  /// The draw of place `site`, below 2^11: seeds end below 2^53.
  [[nodiscard]] DropoutDraw draw_of(std::size_t site) const {
    return {draw.seed | (static_cast<std::uint64_t>(site) << 53), draw.stream, draw.threshold};
  }
};

/// What the layers of a model are made from.
struct LayerSource {
  const Topology& topology;
  const ModelState& state;
  std::span<const Engine> engines;  ///< one per layer of the topology
  const SparseKernels& kernels;
  const TokenKernels& token_kernels;
};

/// One matrix of a topology as a layer, over tiles that the workers share out.
class Projection {
 public:
  /// Throws InvalidInput when there is no layer of this name, or the state does not fit it.
  Projection(const LayerSource& source, const std::string& name);

  void forward(Tiles<const float> input, Tiles<float> output, bool rectify, StepContext& context) const;
  void input_gradient(Tiles<const float> output_gradient, Tiles<const float> input, Tiles<float> input_gradient,
                      bool add, StepContext& context) const;
  [[nodiscard]] std::size_t place() const { return place_; }
  [[nodiscard]] NodeIndex n_out() const { return n_out_; }
  [[nodiscard]] NodeIndex n_in() const { return n_in_; }
  [[nodiscard]] LinearLayer& layer() const { return *layer_; }
  /// Other links, computed with the same engine. Throws InvalidInput when they do not fit.
  void rewire(const Mask& mask, const ParameterState& weights);

 private:
  std::size_t place_ = 0;
  NodeIndex n_out_ = 0, n_in_ = 0;
  std::unique_ptr<LinearLayer> layer_;
};

/// One weight gradient to be computed.
struct GradientJob {
  const Projection& projection;
  Tiles<const float> input;
  Tiles<const float> output_gradient;
};
/// Each of them by one worker, over the tiles in their order; and what is asked for densely.
void compute_gradients(std::span<const GradientJob> jobs, StepContext& context);

}  // namespace dnm
