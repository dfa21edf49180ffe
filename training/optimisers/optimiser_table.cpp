// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/optimisers/optimiser_table.h"

#include <array>

#include "core/parameters/look_up.h"
#include "training/optimisers/sgd.h"

namespace dnm {

std::span<const OptimiserEntry> optimiser_table() {
  static const std::array table{
      parameter_part<std::unique_ptr<Optimiser>()>(
          {"sgd", "SGD with momentum", "Steps against the gradient that keep a part of those before."},
          sgd_parameter_table(), [](const SgdSettings& own) { return std::make_unique<Sgd>(own); }),
  };
  return table;
}

std::unique_ptr<Optimiser> make_optimiser(const TrainingSettings& settings) {
  return look_up(optimiser_table(), settings.optimiser, "optimiser").make(settings.parts);
}

}  // namespace dnm
