// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "core/parameters/parameter_part.h"
#include "training/models/mlp_kind.h"
#include "training/models/model_kind.h"
#include "training/models/transformer_kind.h"
#include "training/settings/recipe_table.h"
#include "training/settings/training_settings.h"

namespace dnm {

/// Every kind of model, in display order; TrainingSettings::model names the default. Add a kind: its file and its class
/// here. A class has a `choice` and, where it brings parameters, `parameters()`, their table, whose settings its
/// constructor takes. One whose matrices are drawn by name has `matrices`, which takes them as well, and one that is
/// trained in a way of its own has `usual_settings`, `usual_rewiring` and `rate_width`. All are called without the
/// training engine: define them inline or in a file of dnm_training_interface.
using ModelKinds = std::tuple<MlpKind, TransformerKind>;

/// The values of the setting "architecture" with the parameters they bring; needs no Torch.
[[nodiscard]] std::span<const PartRows> model_table();
/// Whether the settings' model asks for its matrices by name, whatever its shape, in place of a network of layers.
/// Throws InvalidInput for an unknown model.
[[nodiscard]] bool draws_matrices(const TrainingSettings& settings);
/// The matrices that the settings' model asks a topology for, in the order of its forward pass; none for a model that
/// takes a network of layers as it is. Throws InvalidInput for an unknown model, and for a shape that cannot be.
[[nodiscard]] std::vector<MatrixRequest> matrices_of(const TrainingSettings& settings);
/// The values of the training table that come with the settings' model, in the order in which they are set: all, and
/// those that another rewiring rule sets anew. Empty for a model that takes the table's defaults. Throws InvalidInput
/// for an unknown model or recipe.
[[nodiscard]] std::vector<RecipeValue> usual_settings(const TrainingSettings& settings);
[[nodiscard]] std::vector<RecipeValue> usual_rewiring(const TrainingSettings& settings);
/// The width that the schedules noam and inoam go by; nothing for a model that has none. Throws InvalidInput.
[[nodiscard]] std::optional<double> rate_width(const TrainingSettings& settings);
/// The kind of model that the settings ask for. Throws InvalidInput for an unknown one or a bad parameter of its own.
[[nodiscard]] std::unique_ptr<const ModelKind> make_model_kind(const TrainingSettings& settings);

}  // namespace dnm
