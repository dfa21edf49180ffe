// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "training/settings/training_settings.h"

namespace dnm {

/// The first setting that keeps a run started with `then` from being resumed with `now`: one that affects the result
/// and is not as it was. More epochs are none for a run that is to be trained longer.
struct ChangedSetting {
  std::string id{};  ///< of its row; empty: there is none
  std::string then{}, now{};
};
[[nodiscard]] ChangedSetting changed_setting(const TrainingSettings& then, const TrainingSettings& now);

}  // namespace dnm
