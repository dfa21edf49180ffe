// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/data_source.h"
#include "training/runs/training_module.h"
#ifdef DNM_STUDIO
#include "viz/figure/figure_module.h"
#endif

namespace dnm {

/// Loads lib/dnm-training.so beside the program (../lib from its executable, or the folder the environment variable
/// DNM_MODULE_PATH names) at its first call; thread-safe; Torch takes about half a second.
/// Throws ResourceError in a build without it, or when its libraries are missing.
[[nodiscard]] TrainingModule& training_module();

/// The data for initialisers that learn from data; from the same module.
[[nodiscard]] DataSource& data_source();

#ifdef DNM_STUDIO
/// The same for lib/dnm-figure.so, which loads Qt.
[[nodiscard]] FigureModule& figure_module();
#endif

}  // namespace dnm
