// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "training/settings/training_settings.h"

namespace dnm {

/// What the learning rate does when a run that was to train `before` epochs continues after `trained` of them with the
/// epochs of `settings`, as a sentence without a point: its schedule is that of the new length from there on. Empty
/// where the rate does not depend on the length, so that the run is bit for bit the one that was started for that many.
[[nodiscard]] std::string longer_run_text(const TrainingSettings& settings, std::int64_t before, std::int64_t trained);

}  // namespace dnm
