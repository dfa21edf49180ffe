// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/workspace/state.h"

namespace dnm {

/// JSON object from parameter id to text as on the command line, of the parameters that apply; a list of texts if some
/// layers have values of their own.
[[nodiscard]] std::string parameters_as_options_json(const ModelParameters& parameters);

/// Where the network that is shown comes from, as one line of JSON for a network file: the program, its version, the
/// command line and the parameters, or the seed of a run, the number of updates and the
/// run folder. A network that was read from a file
/// keeps its provenance, which may be empty. `file`: the file that it is for; names of folders are as in exported.h.
[[nodiscard]] std::string provenance_of(const WorkspaceState& state, const std::filesystem::path& file);

/// Where a network comes from that a command made of another one, with that one's provenance (may be empty).
[[nodiscard]] std::string provenance_of_change(const std::string& command_line, const std::string& before,
                                               const std::filesystem::path& file);

/// The parameters that the network of a file was drawn from, by its provenance. Nothing if that names none that this
/// version knows, or those of a network of other layers.
[[nodiscard]] std::optional<ModelParameters> parameters_of(const ShownFile& file);

}  // namespace dnm
