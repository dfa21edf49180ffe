// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/composed_rule.h"
#include "training/rewiring/rules.h"

namespace dnm {

RewiringMethod set_method() {
  RewiringSettings usual;
  usual.schedule.end = 1.0;
  usual.schedule.zeta_schedule = ZetaSchedule::constant;
  return composed_method({"set", "SET", "The smallest weights go, and links grow at random."}, WeightInit::kaiming,
                         usual,
                         {"rewire-every", "rewire-unit", "rewire-end", "zeta", "zeta-schedule", "chain-removal",
                          "historical-weights", "rewire-heads"});
}

}  // namespace dnm
