// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "app/workspace/experiments/experiment.h"

namespace dnm {

/// The facts about an experiment or one of its runs as rich text, below its name.
[[nodiscard]] QString details_html(const Experiment& experiment, const ExperimentRun* run = nullptr);

}  // namespace dnm
