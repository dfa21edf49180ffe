// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/composed_rule.h"
#include "training/rewiring/rules.h"

namespace dnm {

RewiringMethod gmp_method() {
  RewiringSettings usual;
  usual.schedule.decay = DensityDecay::cubic;
  usual.schedule.decay_end = 0.75;
  usual.rewires = false;
  return composed_method({"gmp", "GMP", "The smallest weights go for good, from a denser start."}, WeightInit::kaiming,
                         usual, {"start-sparsity", "final-sparsity", "decay-end", "rewire-every", "rewire-unit"});
}

}  // namespace dnm
