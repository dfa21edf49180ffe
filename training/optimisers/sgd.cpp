// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/optimisers/sgd.h"

#include <cstddef>

namespace dnm {

Sgd::Sgd(double momentum, double weight_decay)
    : momentum_(static_cast<float>(momentum)), weight_decay_(static_cast<float>(weight_decay)) {}

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
