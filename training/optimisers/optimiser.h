// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "training/kernels/sparse_kernels.h"

namespace dnm {

/// How a gradient changes a parameter. Without state of its own: what it has to know of earlier steps lies beside each
/// parameter, in slots, and is kept by checkpoints and by rewiring as the parameter is. Thread-safe.
class Optimiser {
 public:
  virtual ~Optimiser() = default;
  /// The arrays kept beside every parameter, each of its length and 0 at the start of a run: {"momentum"}.
  [[nodiscard]] virtual std::span<const std::string_view> slots() const = 0;
  /// One step on one parameter, element by element; `gradient` may be used up. Where value, gradient and slots are 0
  /// they stay 0. `step`: steps of the run before this one. Slots are as many and as long as promised. Linear.
  virtual void update(std::span<float> values, std::span<float> gradient, std::span<float* const> slots,
                      double learning_rate, std::uint64_t step) const = 0;
  /// This step as plain SGD with one slot of momentum, which sparse kernels take in the pass that computes the
  /// gradient, and LibTorch on a device of its own; nothing when it is none. Same results as `update`, but for
  /// rounding.
  [[nodiscard]] virtual std::optional<SgdStep> as_sgd(double /*learning_rate*/) const { return std::nullopt; }
};

/// What a model's step is taken with.
struct LearningStep {
  const Optimiser& optimiser;
  double learning_rate = 0.0;
  std::uint64_t step = 0;             ///< of the run before this one
  std::uint64_t examples_before = 0;  ///< of the run before this step: what dropout is drawn by
};

}  // namespace dnm
