// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/models/model_kind.h"

namespace dnm {

/// The multi-layer perceptron of the papers (manual: methods/training, "The network and its defaults"): the network's layers ("layer1", "layer2" …), which a rule may rewire, as
/// one chain, and a dense "classifier" behind them. Takes ImageBatch.
[[nodiscard]] const ModelKind& mlp_kind();

}  // namespace dnm
