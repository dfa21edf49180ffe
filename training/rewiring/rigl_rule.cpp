// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/composed_rule.h"
#include "training/rewiring/rules.h"

namespace dnm {

RewiringMethod rigl_method() {
  RewiringSettings usual;
  usual.growth_score = GrowthScore::gradient;
  return composed_method({"rigl", "RigL", "The smallest weights go, and links grow where the gradient is largest."},
                         WeightInit::kaiming, usual,
                         {"rewire-every", "rewire-unit", "rewire-end", "zeta", "zeta-schedule", "chain-removal",
                          "gradient-batches", "historical-weights", "rewire-heads"});
}

}  // namespace dnm
