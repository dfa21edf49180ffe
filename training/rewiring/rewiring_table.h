// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>

#include "core/parameters/parameter_part.h"
#include "training/layers/weight_init.h"
#include "training/rewiring/rewiring_rule.h"

namespace dnm {

/// One value of the setting "method", with the parameters it brings; makes null where the topology stays.
struct RewiringMethod : ParameterPart<std::unique_ptr<RewiringRule>()> {
  WeightInit weight_init = WeightInit::swi;  ///< the usual one of its first weights
};

/// In display order; TrainingSettings::method names the default. Add a rule: one file, one row in rewiring_table.cpp.
[[nodiscard]] std::span<const RewiringMethod> rewiring_table();

}  // namespace dnm
