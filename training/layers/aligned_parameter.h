// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "training/kernels/aligned_vector.h"
#include "training/layers/parameter_state.h"
#include "training/optimisers/optimiser.h"

namespace dnm {

/// A parameter where the kernels want it.
struct AlignedParameter {
  AlignedParameter() = default;
  explicit AlignedParameter(const ParameterState& from) : values(from.values.begin(), from.values.end()) {
    for (const std::vector<float>& slot : from.slots) slots.emplace_back(slot.begin(), slot.end());
  }

  /// Without a name.
  [[nodiscard]] ParameterState copy() const {
    ParameterState made{{}, {values.begin(), values.end()}, {}};
    for (const AlignedVector<float>& slot : slots) made.slots.emplace_back(slot.begin(), slot.end());
    return made;
  }
  void update(const LearningStep& step, AlignedVector<float>& gradient) { update(step, gradient, 0, values.size()); }
  /// The step of `count` numbers from `first` on alone; threads may take different ones at once.
  void update(const LearningStep& step, AlignedVector<float>& gradient, std::size_t first, std::size_t count) {
    thread_local std::vector<float*> places;  // kept for its memory
    places.clear();
    for (AlignedVector<float>& slot : slots) places.push_back(slot.data() + first);
    step.optimiser.update(std::span<float>(values).subspan(first, count),
                          std::span<float>(gradient).subspan(first, count), places, step.learning_rate, step.step);
  }

  AlignedVector<float> values;
  std::vector<AlignedVector<float>> slots;
};

}  // namespace dnm
