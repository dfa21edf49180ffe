// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/layers/engine.h"

namespace dnm {

/// One layer's share of a training step with either engine, measured once on one core at the start of a run.
struct LayerTiming {
  Engine engine = Engine::automatic;  ///< what this layer is computed with; `automatic` until it is chosen
  double sparse_milliseconds = 0.0;   ///< of one step
  double masked_milliseconds = 0.0;
};

}  // namespace dnm
