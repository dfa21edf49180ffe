// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/optimisers/sgd.h"

#include <cstddef>

#include "training/support/setting_groups.h"

namespace dnm {

const ParameterTable<SgdSettings>& sgd_parameter_table() {
  using S = SgdSettings;
  constexpr std::string_view formula = "v = μ·v + g + λ·w, w = w - η·v";
  static const ParameterTable<S> table(
      "SGD setting", {
                         parameter<&S::momentum>({.id = "momentum",
                                                  .symbol = "μ",
                                                  .label = "Momentum",
                                                  .meaning = "How much of the last step each step keeps.",
                                                  .formula = formula,
                                                  .range = {0, 0.999, 0.01, false},
                                                  .group = more_settings}),
                         parameter<&S::weight_decay>({.id = "weight-decay",
                                                      .symbol = "λ",
                                                      .label = "Weight decay",
                                                      .meaning = "Pull of all weights and biases towards zero.",
                                                      .formula = formula,
                                                      .range = {0, 1, 0.0001, false},
                                                      .group = more_settings}),
                     });
  return table;
}

Sgd::Sgd(const SgdSettings& settings)
    : momentum_(static_cast<float>(settings.momentum)), weight_decay_(static_cast<float>(settings.weight_decay)) {}

std::span<const std::string_view> Sgd::slots() const {
  static constexpr std::string_view names[] = {"momentum"};
  return names;
}

void Sgd::update(std::span<float> values, std::span<float> gradient, std::span<float* const> slots,
                 double learning_rate, std::uint64_t /*step*/) const {
  const auto rate = static_cast<float>(learning_rate);
  float* const momentum = slots[0];
  for (std::size_t i = 0; i < values.size(); ++i) {
    momentum[i] = momentum_ * momentum[i] + (gradient[i] + weight_decay_ * values[i]);
    values[i] -= rate * momentum[i];
  }
}

std::optional<SgdStep> Sgd::as_sgd(double learning_rate) const {
  return SgdStep{static_cast<float>(learning_rate), momentum_, weight_decay_};
}

}  // namespace dnm
