// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "app/workspace/state.h"

namespace dnm {

// How a run begins. With a rewiring rule whose density falls (manual: methods/rewiring, "Falling density"), a network
// that the model draws is drawn for the training at the rule's start sparsity, and ends at the model's sparsity unless
// the rule has a final one of its own. The network of a file or of another run begins as it is.

/// The sparsity that the model's network is drawn with for a training; nothing where that is the model's own.
[[nodiscard]] std::optional<double> start_sparsity(const ModelParameters& model, const TrainingSettings& training);

/// The sparsity at which a falling density ends, of settled_training(); nothing for a rule without one.
[[nodiscard]] std::optional<double> final_sparsity(const TrainingSettings& settled);

/// What the first network of a run is drawn from. At a start sparsity all layers have the same.
[[nodiscard]] ModelParameters first_parameters(ModelParameters model, const TrainingSettings& training);

/// Whether the runs of this state that have its seed begin with the very network that it shows.
[[nodiscard]] bool begins_as_shown(const WorkspaceState& start);

/// The training settings of a state with the final sparsity that its runs have. Throws InvalidInput where there is none
/// (the network of a file; layers with sparsities of their own), or where it is below the start sparsity.
[[nodiscard]] TrainingSettings settled_training(const WorkspaceState& start);

/// The matrices that a training of this state draws by name, in words: "48 matrices of 256 to 512 neurons"; empty for a
/// model that trains the network on screen, and where the model's shape cannot be.
[[nodiscard]] std::string matrices_text(const WorkspaceState& start);

/// "trained from sparsity 0.5 to 0.99"; empty where the model's own sparsity is trained.
[[nodiscard]] std::string falling_text(const WorkspaceState& start);

}  // namespace dnm
