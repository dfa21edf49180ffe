// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/trained_array.h"

#include <utility>

#include "core/support/error.h"

namespace dnm {

TrainedArray::TrainedArray(const ModelState& state, std::string its_name, std::size_t length)
    : name(std::move(its_name)), parameter(parameter_of(state, name)), gradient(length) {
  bool fits = parameter.values.size() == length;
  for (const AlignedVector<float>& slot : parameter.slots) fits = fits && slot.size() == length;
  if (!fits) {
    throw InvalidInput("the parameter \"" + name + "\" does not fit the model; train the model that it was made for");
  }
}

void TrainedArray::add_parameter(ModelState& state) const {
  state.push_back(parameter.copy());
  state.back().name = name;
}

void TrainedArray::add_gradient(ModelState& state) const {
  state.push_back({name, {gradient.begin(), gradient.end()}, {}});
}

}  // namespace dnm
