// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
  void update(const LearningStep& step, AlignedVector<float>& gradient) {
    places.clear();
    for (AlignedVector<float>& slot : slots) places.push_back(slot.data());
    step.optimiser.update(values, gradient, places, step.learning_rate, step.step);
  }

  AlignedVector<float> values;
  std::vector<AlignedVector<float>> slots;
  std::vector<float*> places{};  ///< of the slots during an update, kept for its memory
};

}  // namespace dnm
