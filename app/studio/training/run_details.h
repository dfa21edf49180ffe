// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "app/workspace/experiments/experiment.h"

namespace dnm {

/// The facts of an experiment, or of one run of it, as rich text under its name.
[[nodiscard]] QString details_html(const Experiment& experiment, const ExperimentRun* run = nullptr);

}  // namespace dnm
