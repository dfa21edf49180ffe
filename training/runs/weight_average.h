// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "training/layers/named_mask.h"
#include "training/layers/parameter_state.h"

namespace dnm {

/// The mean of a model's parameters at several moments, as it is taken of the last checkpoints before a translation is
/// scored (Vaswani et al. 2017, arXiv:1706.03762, section 6.1). Under a rewiring rule it has the links of the newest
/// moment: a link that was missing at an earlier one counts as 0 there, and one that is gone since counts nowhere.
class WeightAverage {
 public:
  /// The newest moment, whose masks the mean has; they must outlive this object. Slots of the optimiser are left out.
  WeightAverage(std::span<const NamedMask> layers, const ModelState& newest);
  /// An earlier one. Throws InvalidInput, with nothing added, when it is of another model. O(parameters).
  void add(std::span<const NamedMask> layers, const ModelState& state);
  /// The sums are taken in double precision, in the order of the calls.
  [[nodiscard]] ModelState mean() const;

 private:
  std::span<const NamedMask> layers_;
  std::vector<std::string> names_;  ///< of the parameters
  std::vector<std::vector<double>> sums_;
  std::size_t count_ = 1;
};

}  // namespace dnm
