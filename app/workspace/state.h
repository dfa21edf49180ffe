// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace/pins/pin.h"
#include "app/workspace/shown.h"
#include "app/workspace/view_settings.h"
#include "core/models/model_parameters.h"
#include "training/settings/training_settings.h"

namespace dnm {

/// Everything that the user can change, as one value, so that an undo step is a copy of it.
struct WorkspaceState {
  ModelParameters parameters{};
  Shown shown{};                       ///< what the pictures and measures are of
  TrainingSettings training{};         ///< its seed and command line are set for each run
  std::vector<std::uint64_t> seeds{};  ///< one run each; empty: the seed of the network that is shown
  ViewSettings view{};
  Pins pins{};
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
/// What is shown as a pin keeps it: a moment of a run as a working network.
[[nodiscard]] Shown as_pinned(Shown shown);
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
