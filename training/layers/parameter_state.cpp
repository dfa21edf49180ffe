// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/parameter_state.h"

#include <algorithm>

#include "core/support/error.h"

namespace dnm {

const ParameterState& parameter_of(const ModelState& state, std::string_view name) {
  const auto found =
      std::find_if(state.begin(), state.end(), [&](const ParameterState& one) { return one.name == name; });
  if (found == state.end()) throw InvalidInput("the model has no parameter \"" + std::string(name) + "\"");
  return *found;
}

}  // namespace dnm
