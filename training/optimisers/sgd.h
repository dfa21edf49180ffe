// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parameters/parameter_table.h"
#include "training/optimisers/optimiser.h"

namespace dnm {

/// Its parameters, with the DNM poster's values.
struct SgdSettings {
  double momentum = 0.9;       ///< at least 0, below 1
  double weight_decay = 5e-4;  ///< at least 0
};
[[nodiscard]] const ParameterTable<SgdSettings>& sgd_parameter_table();

/// Stochastic gradient descent with momentum and weight decay, in PyTorch's form (Sutskever et al., ICML 2013, without
/// Nesterov's variant): v = momentum·v + g + weight_decay·w; w -= learning_rate·v.
class Sgd : public Optimiser {
 public:
  explicit Sgd(const SgdSettings& settings);
  [[nodiscard]] std::span<const std::string_view> slots() const override;
  void update(std::span<float> values, std::span<float> gradient, std::span<float* const> slots, double learning_rate,
              std::uint64_t step) const override;
  [[nodiscard]] std::optional<SgdStep> as_sgd(double learning_rate) const override;

 private:
  float momentum_;
  float weight_decay_;
};

}  // namespace dnm
