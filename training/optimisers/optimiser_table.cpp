// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/optimisers/optimiser_table.h"

#include "training/optimisers/sgd.h"

namespace dnm {

std::unique_ptr<Optimiser> make_optimiser(const TrainingSettings& settings) {
  return std::make_unique<Sgd>(settings.momentum, settings.weight_decay);
}

}  // namespace dnm
