// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/composed_rule.h"
#include "training/rewiring/rules.h"

namespace dnm {

RewiringMethod chtss_method() {
  RewiringSettings usual;
  usual.schedule.decay = DensityDecay::sigmoid;
  usual.prune_score = RemovalScore::relative_importance;
  usual.removal = Selection::sampled;
  usual.chain_removal = true;
  usual.growth_score = GrowthScore::ch2_l3n;
  usual.growth = Selection::sampled;
  return composed_method({"chtss", "CHTss", "As CHTs, from a denser start whose density falls along a sigmoid."},
                         WeightInit::swi, usual,
                         {"start-sparsity", "final-sparsity", "decay-end", "decay-steepness", "rewire-every",
                          "rewire-unit", "rewire-end", "zeta", "zeta-schedule", "removal-score", "removal", "tau-start",
                          "tau-end", "chain-removal", "growth-score", "growth", "historical-weights", "rewire-heads"});
}

}  // namespace dnm
