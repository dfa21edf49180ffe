// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/experiments/experiment.h"
#include "training/runs/training_module.h"

namespace dnm {

/// What was new in a report.
struct TakenReport {
  bool epochs = false;    ///< the run has completed some
  bool topology = false;  ///< its links have changed
};

/// Moves epochs, updates, events, notices and networks of a report into its run. What a run that continues from a
/// checkpoint reports again takes the place of what was there. O(what is reported + links).
TakenReport take_report(ExperimentRun& run, TrainingProgress& progress);

}  // namespace dnm
