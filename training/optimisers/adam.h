// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parameters/parameter_table.h"
#include "training/optimisers/optimiser.h"

namespace dnm {

/// Its parameters, with the values that the papers' Transformers use.
struct AdamSettings {
  double beta1 = 0.9;     ///< in [0, 1)
  double beta2 = 0.998;   ///< in [0, 1)
  double epsilon = 1e-9;  ///< above 0
};
[[nodiscard]] const ParameterTable<AdamSettings>& adam_parameter_table();

/// Adam (Kingma & Ba, ICLR 2015, arXiv:1412.6980) in PyTorch's form, without weight decay, for its t-th step:
/// m = β₁·m + (1-β₁)·g; v = β₂·v + (1-β₂)·g²; w -= rate/(1-β₁ᵗ)·m / (sqrt(v/(1-β₂ᵗ)) + ε).
class Adam : public Optimiser {
 public:
  explicit Adam(const AdamSettings& settings);
  [[nodiscard]] std::span<const std::string_view> slots() const override;
  void update(std::span<float> values, std::span<float> gradient, std::span<float* const> slots, double learning_rate,
              std::uint64_t step) const override;

 private:
  double beta1_;
  double beta2_;
  double epsilon_;
};

}  // namespace dnm
