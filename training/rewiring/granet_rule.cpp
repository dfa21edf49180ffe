// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/composed_rule.h"
#include "training/rewiring/rules.h"

namespace dnm {

RewiringMethod granet_method() {
  RewiringSettings usual;
  usual.schedule.decay = DensityDecay::cubic;
  usual.schedule.decay_end = 0.75;
  usual.growth_score = GrowthScore::gradient;
  return composed_method(
      {"granet", "GraNet", "As RigL, from a denser start whose density falls."}, WeightInit::kaiming, usual,
      {"start-sparsity", "final-sparsity", "decay-end", "rewire-every", "rewire-unit", "rewire-end", "zeta",
       "zeta-schedule", "chain-removal", "gradient-batches", "historical-weights", "rewire-heads"});
}

}  // namespace dnm
