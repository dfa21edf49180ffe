// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/workspace/view_settings.h"
#include "core/files/network_files.h"
#include "core/models/model_parameters.h"
#include "core/network/layer_names.h"
#include "core/network/network.h"
#include "training/settings/training_settings.h"

namespace dnm {

/// The network that the parameters draw is shown.
struct ShownModel {
  bool operator==(const ShownModel&) const = default;
};

/// The network of a file is shown.
struct ShownFile {
  std::string file{};
  NetworkPointer network{};  ///< null: not read yet
  std::string provenance{};  ///< JSON text in the file about the origin of its network; may be empty
  ReadOptions reading{};     ///< how the file is read
  std::string problem{};     ///< why the network could not be read, in one sentence; empty: it was, or is still to be
  bool operator==(const ShownFile&) const = default;
};

/// The network of a training run is shown, at one point of its training.
struct ShownRun {
  std::string experiment{};  ///< identity of the experiment that the run belongs to
  std::uint64_t seed = 0;    ///< of the run
  std::string folder{};      ///< run folder; empty: none
  std::string file{};        ///< the network file that the training started from; empty: drawn from the parameters
  std::uint64_t update = 0;  ///< after so many updates of the topology; 0: as the training began
  NetworkPointer network{};  ///< of the group; null: not read yet
  ReadOptions reading{};     ///< how that network file is read
  /// The id of the group of matrices that is shown (matrix_group.h); empty: the chain of all or, until it is read, the
  /// first group that the run has.
  std::string matrices{};
  LayerNames names{};                       ///< of its layers, read with the network
  std::optional<std::uint64_t> compared{};  ///< the update its links are compared with; nothing: the one before it
  NetworkPointer before{};                  ///< after that update; null: not read yet
  bool follows = true;      ///< each new update takes its place while the run trains: the right end of the time line
  bool is_working = false;  ///< it is the working network: what changed is not shown, and training asks no question
  int epoch = 0;            ///< that the update lies in, from 1; 0: the start, or not read yet
  std::string problem{};    ///< why its links could not be read, in one sentence; empty: they were, or are still to be
  bool operator==(const ShownRun&) const = default;
};

using Shown = std::variant<ShownModel, ShownFile, ShownRun>;

/// Everything that the user can change, as one value, so that an undo step is a copy of it.
struct WorkspaceState {
  ModelParameters parameters{};
  Shown shown{};                       ///< what the pictures and measures are of
  TrainingSettings training{};         ///< its seed and command line are set for each run
  std::vector<std::uint64_t> seeds{};  ///< one run each; empty: the seed of the network that is shown
  ViewSettings view{};
  bool operator==(const WorkspaceState&) const = default;
};

/// The network that is shown if it is not drawn from the parameters: that of a file or a run. Null for the model, and
/// until it has been read.
[[nodiscard]] NetworkPointer given_network(const WorkspaceState& state);
/// Whether the network is drawn from the parameters, and so another one for each seed.
[[nodiscard]] bool is_drawn(const WorkspaceState& state);
/// Why there is no network of the file or run that is shown, in one sentence; empty if there is one, or it was not read
/// yet.
[[nodiscard]] const std::string& network_problem(const WorkspaceState& state);
/// The file that the network comes from, read or not; empty for one drawn from the parameters.
[[nodiscard]] const std::string& network_file(const WorkspaceState& state);
/// How that file is read.
[[nodiscard]] const ReadOptions& network_reading(const WorkspaceState& state);
/// The update that the links of a run are compared with: the one chosen, else the one before; at the start, itself.
[[nodiscard]] std::uint64_t compared_update(const ShownRun& run);
/// The run, shown after the same update, as the working network.
[[nodiscard]] ShownRun as_working_network(ShownRun run);
/// "update 12, epoch 13", with the update that its links are compared with where that is not the one before, and with a
/// group of matrices that is not the chain of all: "update 12, epoch 13, since the start (encoder1.ffn)"; "as the run
/// began" for the start.
[[nodiscard]] std::string moment_name(const ShownRun& run);
/// ", since update 3", ", since the start" or ", against update 20" for links after `update` that are compared with
/// those after another one; empty for those of the update before, and for the update itself.
[[nodiscard]] std::string comparison_words(std::uint64_t update, std::uint64_t compared);
/// What the layers of what is shown are called; empty where they have no names of their own.
[[nodiscard]] LayerNames layer_names(const WorkspaceState& state);
/// What the network that is shown is compared with; null where it is with none.
[[nodiscard]] NetworkPointer network_before(const WorkspaceState& state);
/// Network::layer_sizes() of what is shown.
[[nodiscard]] const std::vector<NodeIndex>& layer_sizes(const WorkspaceState& state);
/// The mask (from 0) that is measured alone, if the view selects one that the network has.
[[nodiscard]] std::optional<std::size_t> measured_layer(const WorkspaceState& state);
/// The seeds to train: those given or, if none are, that of the network shown (0 for a file).
[[nodiscard]] std::vector<std::uint64_t> training_seeds(const WorkspaceState& state);

}  // namespace dnm
