// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/composed_rule.h"
#include "training/rewiring/rules.h"

namespace dnm {

RewiringMethod cht_method() {
  RewiringSettings usual;
  usual.chain_removal = true;
  usual.growth_score = GrowthScore::ch3_l3p;
  usual.settled_share = 0.9;
  return composed_method({"cht", "CHT",
                          "The smallest weights go, and the links grow that the network around them predicts, until "
                          "most of them return."},
                         WeightInit::swi, usual,
                         {"rewire-every", "rewire-unit", "rewire-end", "zeta", "zeta-schedule", "removal-score",
                          "chain-removal", "growth-score", "growth", "historical-weights", "rewire-heads"});
}

}  // namespace dnm
