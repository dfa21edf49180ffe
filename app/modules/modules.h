// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/runs/training_module.h"
#ifdef DNM_STUDIO
#include "viz/figure/figure_module.h"
#endif

namespace dnm {

/// Loads the module beside the program at its first call (thread-safe; Torch takes about half a second).
/// Throws ResourceError in a build without it, or when its libraries are missing.
[[nodiscard]] TrainingModule& training_module();

#ifdef DNM_STUDIO
[[nodiscard]] FigureModule& figure_module();
#endif

}  // namespace dnm
