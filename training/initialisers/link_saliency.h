// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/models/data_source.h"
#include "core/support/task_control.h"
#include "training/data/image_batch.h"
#include "training/layers/parameter_state.h"

namespace dnm {

/// |w·∂L/∂w| of every weight of a dense perceptron but its classifier (Lee et al., ICLR 2019,
/// arXiv:1810.02340), L the mean cross-entropy
/// of the batch. `layer_sizes`: inputs and hidden layers; `state`: the dense weights of the hidden layers and, last, of
/// the classifier. 6·weights·images flops on one thread of the CPU. Throws Cancelled.
[[nodiscard]] LinkSaliency saliency_of_links(const std::vector<NodeIndex>& layer_sizes, const ModelState& state,
                                             const ImageBatch& batch, const TaskControl& control = {});

}  // namespace dnm
