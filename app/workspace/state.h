// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/workspace/view_settings.h"
#include "core/models/model_parameters.h"
#include "core/network/network.h"
#include "training/runs/training_settings.h"

namespace dnm {

/// The network that the parameters draw is shown.
struct ShownModel {
  bool operator==(const ShownModel&) const = default;
};

/// The network of a file is shown.
struct ShownFile {
  std::string file{};
  NetworkPointer network{};  ///< null: not read yet
  std::string provenance{};  ///< JSON text that the file has about the origin of its network; may be empty
  bool operator==(const ShownFile&) const = default;
};

/// The network of a training run is shown, as it was at one point of its training.
struct ShownRun {
  std::string experiment{};  ///< identity of the experiment that the run belongs to
  std::uint64_t seed = 0;    ///< of the run
  std::string folder{};      ///< run folder; empty: none
  std::string file{};        ///< the network file that the training started from; empty: drawn from the parameters
  std::uint64_t update = 0;  ///< after so many updates of the topology; 0: as the training began
  NetworkPointer network{};  ///< null: not read yet
  bool operator==(const ShownRun&) const = default;
};

using Shown = std::variant<ShownModel, ShownFile, ShownRun>;

/// Everything that a person can change in the program: one value, so that an undo step is one copy of it.
struct WorkspaceState {
  ModelParameters parameters{};
  Shown shown{};                       ///< what the pictures and measures are of
  TrainingSettings training{};         ///< its seed and command line are set for each run
  std::vector<std::uint64_t> seeds{};  ///< one run each; empty: the seed of the network that is shown
  ViewSettings view{};
  bool operator==(const WorkspaceState&) const = default;
};

/// The network that is shown when it is not drawn from the parameters: a file's or a run's. Null for the model, and
/// while it has not been read.
[[nodiscard]] NetworkPointer given_network(const WorkspaceState& state);
/// The file that the network comes from, read or not; empty for one drawn from the parameters.
[[nodiscard]] const std::string& network_file(const WorkspaceState& state);
/// Network::layer_sizes() of what is shown.
[[nodiscard]] const std::vector<NodeIndex>& layer_sizes(const WorkspaceState& state);
/// The mask (from 0) that is measured alone, where the view asks for one and the network has it.
[[nodiscard]] std::optional<std::size_t> measured_layer(const WorkspaceState& state);
/// The seeds that are trained: those named, or the one of the network that is shown (0 for a file's).
[[nodiscard]] std::vector<std::uint64_t> training_seeds(const WorkspaceState& state);

}  // namespace dnm
