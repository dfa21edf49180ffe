// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/composed_rule.h"
#include "training/rewiring/rules.h"

namespace dnm {

RewiringMethod chts_method() {
  RewiringSettings usual;
  usual.removal = Selection::sampled;
  usual.chain_removal = true;
  usual.growth_score = GrowthScore::ch2_l3n;
  usual.growth = Selection::sampled;
  return composed_method(
      {"chts", "CHTs",
       "Links go and grow by lot: the smaller the weight, and the more the network around them "
       "predicts them."},
      WeightInit::swi, usual,
      {"rewire-every", "rewire-unit", "rewire-end", "zeta", "zeta-schedule", "removal-score", "removal", "tau-start",
       "tau-end", "chain-removal", "growth-score", "growth", "historical-weights", "rewire-heads"});
}

}  // namespace dnm
