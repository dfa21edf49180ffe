// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/optimisers/adam.h"

#include <cmath>
#include <cstddef>

#include "training/support/setting_groups.h"

namespace dnm {

const ParameterTable<AdamSettings>& adam_parameter_table() {
  using S = AdamSettings;
  constexpr std::string_view formula = "m = β₁·m + (1-β₁)·g, v = β₂·v + (1-β₂)·g², w = w - η·m̂/(√v̂ + ε)";
  static const ParameterTable<S> table(
      "Adam setting", {
                          parameter<&S::beta1>({.id = "beta1",
                                                .symbol = "β₁",
                                                .label = "Decay of the mean",
                                                .meaning = "How much of the mean gradient each step keeps.",
                                                .formula = formula,
                                                .range = {0, 0.999, 0.01, false},
                                                .group = more_settings}),
                          parameter<&S::beta2>({.id = "beta2",
                                                .symbol = "β₂",
                                                .label = "Decay of the square",
                                                .meaning = "How much of the mean squared gradient each step keeps.",
                                                .formula = formula,
                                                .range = {0, 0.99999, 0.001, false},
                                                .group = more_settings}),
                          parameter<&S::epsilon>({.id = "epsilon",
                                                  .symbol = "ε",
                                                  .label = "Epsilon",
                                                  .meaning = "Keeps steps finite where gradients vanish.",
                                                  .formula = formula,
                                                  .range = {1e-12, 1, 1e-9, false},
                                                  .group = more_settings}),
                      });
  return table;
}

Adam::Adam(const AdamSettings& settings) : beta1_(settings.beta1), beta2_(settings.beta2), epsilon_(settings.epsilon) {}

std::span<const std::string_view> Adam::slots() const {
  static constexpr std::string_view names[] = {"exp_avg", "exp_avg_sq"};
  return names;
}

void Adam::update(std::span<float> values, std::span<float> gradient, std::span<float* const> slots,
                  double learning_rate, std::uint64_t step) const {
  const auto t = static_cast<double>(step + 1);
  const double correction1 = 1.0 - std::pow(beta1_, t);
  const double correction2 = 1.0 - std::pow(beta2_, t);
  const auto size = static_cast<float>(learning_rate / correction1);
  const auto root = static_cast<float>(1.0 / std::sqrt(correction2));
  const auto keep1 = static_cast<float>(beta1_);
  const auto take1 = static_cast<float>(1.0 - beta1_);
  const auto keep2 = static_cast<float>(beta2_);
  const auto take2 = static_cast<float>(1.0 - beta2_);
  const auto epsilon = static_cast<float>(epsilon_);
  float* const w = values.data();
  const float* const g = gradient.data();
  float* const mean = slots[0];
  float* const square = slots[1];
  for (std::size_t i = 0; i < values.size(); ++i) {
    mean[i] = keep1 * mean[i] + take1 * g[i];
    square[i] = keep2 * square[i] + take2 * g[i] * g[i];
    w[i] -= size * mean[i] / (std::sqrt(square[i]) * root + epsilon);
  }
}

}  // namespace dnm
