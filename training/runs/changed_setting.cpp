// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/changed_setting.h"

#include "training/runs/training_parameters.h"

namespace dnm {

ChangedSetting changed_setting(const TrainingSettings& then, const TrainingSettings& now) {
  const auto& table = training_parameter_table();
  for (const auto& row : table) {
    if (!row.info.affects_result || !table.belongs(row, now)) continue;
    const ParameterValue is = row.get(now);
    const ParameterValue was = row.get(then);
    if (is == was) continue;
    if (row.info.id == "epochs" && now.longer && now.epochs > then.epochs) continue;
    return {std::string(row.info.id), format_value(row.info, was), format_value(row.info, is)};
  }
  return {};
}

}  // namespace dnm
