// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "training/layers/aligned_parameter.h"

namespace dnm {

/// A dense parameter of a model with its gradient.
struct TrainedArray {
  TrainedArray() = default;
  /// Takes the parameter of this name. Throws InvalidInput when there is none, or not of this length.
  TrainedArray(const ModelState& state, std::string its_name, std::size_t length);

  void clear_gradient() { gradient.assign(parameter.values.size(), 0.0F); }
  void update(const LearningStep& step) { parameter.update(step, gradient); }
  [[nodiscard]] const float* values() const { return parameter.values.data(); }
  /// Appends the parameter, or the gradient as one without slots.
  void add_parameter(ModelState& state) const;
  void add_gradient(ModelState& state) const;

  std::string name;
  AlignedParameter parameter;
  AlignedVector<float> gradient;
};

}  // namespace dnm
