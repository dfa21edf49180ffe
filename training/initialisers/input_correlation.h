// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/data_source.h"
#include "core/support/task_control.h"
#include "training/data/data_set.h"

namespace dnm {

/// |Pearson correlation| of all pairs of pixels over the images, from which CSTI takes its links (Zhang et al.,
/// arXiv:2501.19107); 0 on the diagonal and for pixels that never change. Sums are whole numbers and exact, so that
/// every machine computes the same values. 2·images·inputs² flops in single precision, 20·inputs² bytes. Throws
/// Cancelled.
[[nodiscard]] InputCorrelation correlate_inputs(const ImageSet& images, const TaskControl& control = {});

}  // namespace dnm
