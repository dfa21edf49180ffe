// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/weight_average.h"

#include <algorithm>
#include <utility>

#include "core/support/error.h"
#include "training/rewiring/topology_change.h"

namespace dnm {
namespace {

[[noreturn]] void fail() {
  throw InvalidInput("the parameters of another model cannot be averaged with these; take those of one run");
}

const NamedMask* layer_of(std::span<const NamedMask> layers, const std::string& parameter) {
  const auto found =
      std::ranges::find_if(layers, [&](const NamedMask& layer) { return layer.name + ".weight" == parameter; });
  return found == layers.end() ? nullptr : &*found;
}

}  // namespace

WeightAverage::WeightAverage(std::span<const NamedMask> layers, const ModelState& newest) : layers_(layers) {
  for (const ParameterState& parameter : newest) {
    names_.push_back(parameter.name);
    sums_.emplace_back(parameter.values.begin(), parameter.values.end());
  }
}

void WeightAverage::add(std::span<const NamedMask> layers, const ModelState& state) {
  if (state.size() != names_.size()) fail();
  std::vector<std::vector<float>> values;  // at the links of the newest moment
  for (std::size_t i = 0; i < state.size(); ++i) {
    if (state[i].name != names_[i]) fail();
    const NamedMask* then = layer_of(layers, names_[i]);
    const NamedMask* now = layer_of(layers_, names_[i]);
    if ((then == nullptr) != (now == nullptr)) fail();
    values.push_back(now == nullptr || then->mask == now->mask
                         ? state[i].values
                         : carried_over(then->mask, {state[i].name, state[i].values, {}}, now->mask, {}).values);
    if (values.back().size() != sums_[i].size()) fail();
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < values[i].size(); ++j) sums_[i][j] += static_cast<double>(values[i][j]);
  }
  ++count_;
}

ModelState WeightAverage::mean() const {
  ModelState made;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    ParameterState& parameter = made.emplace_back(ParameterState{names_[i], {}, {}});
    for (const double sum : sums_[i]) parameter.values.push_back(static_cast<float>(sum / static_cast<double>(count_)));
  }
  return made;
}

}  // namespace dnm
