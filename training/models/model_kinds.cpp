// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/model_kinds.h"

#include "training/models/mlp_kind.h"

namespace dnm {

const ModelKind& model_kind(const TrainingSettings& /*settings*/) { return mlp_kind(); }

}  // namespace dnm
