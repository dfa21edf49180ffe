// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <tuple>

#include "core/parameters/parameter_part.h"
#include "training/models/mlp_kind.h"
#include "training/models/model_kind.h"
#include "training/settings/training_settings.h"

namespace dnm {

/// Every kind of model, in display order; TrainingSettings::model names the default. Add a kind: its file and its class
/// here. A class has a `choice` and, where it brings parameters, `parameters()`, their table, whose settings its
/// constructor takes. model_table() calls `parameters()` without the training engine: define it inline or in a file of
/// dnm_training_interface.
using ModelKinds = std::tuple<MlpKind>;

/// The values of the setting "architecture" with the parameters they bring; needs no Torch.
[[nodiscard]] std::span<const PartRows> model_table();
/// The kind of model that the settings ask for. Throws InvalidInput for an unknown one or a bad parameter of its own.
[[nodiscard]] std::unique_ptr<const ModelKind> make_model_kind(const TrainingSettings& settings);

}  // namespace dnm
