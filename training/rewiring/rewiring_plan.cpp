// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/rewiring_plan.h"

#include "core/parameters/look_up.h"
#include "training/rewiring/rewiring_rule.h"
#include "training/rewiring/rewiring_table.h"

namespace dnm {

std::vector<PlannedUpdate> RewiringRule::planned(StepPosition at) const {
  std::vector<PlannedUpdate> updates;
  for (at.step = 0; at.step < at.steps(); ++at.step) {
    if (is_due(at)) updates.push_back({.batches_seen = at.batches_seen()});
  }
  return updates;
}

std::vector<PlannedUpdate> planned_updates(const TrainingSettings& settings, std::uint64_t steps_per_epoch) {
  const auto rule = look_up(rewiring_table(), settings.method, "rewiring rule").make(settings.parts);
  if (!rule) return {};
  return rule->planned({0, steps_per_epoch, static_cast<int>(settings.epochs)});
}

}  // namespace dnm
