// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "core/parameters/parameter.h"
#include "training/rewiring/rewiring_rule.h"
#include "training/runs/training_settings.h"

namespace dnm {

/// One value of the setting "method".
struct RewiringMethod {
  Choice choice;
  /// The rule under these settings; null where the topology stays.
  std::unique_ptr<RewiringRule> (*make)(const TrainingSettings& settings);
};

/// In display order, the first being the default.
[[nodiscard]] std::span<const RewiringMethod> rewiring_table();
/// Throws InvalidInput for an unknown id.
[[nodiscard]] const RewiringMethod& rewiring_method(std::string_view id);

}  // namespace dnm
