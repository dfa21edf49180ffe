// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/optimisers/optimiser_table.h"

#include <array>

#include "training/optimisers/adam.h"
#include "training/optimisers/sgd.h"

namespace dnm {

std::span<const OptimiserEntry> optimiser_table() {
  static const std::array table{
      parameter_part<std::unique_ptr<Optimiser>()>(
          {"sgd", "SGD with momentum", "Steps against the gradient that keep a part of those before."},
          sgd_parameter_table(), [](const SgdSettings& own) { return std::make_unique<Sgd>(own); }),
      parameter_part<std::unique_ptr<Optimiser>()>(
          {"adam", "Adam", "Steps by the mean gradient over the root of the mean squared gradient."},
          adam_parameter_table(), [](const AdamSettings& own) { return std::make_unique<Adam>(own); }),
  };
  return table;
}

}  // namespace dnm
