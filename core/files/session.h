// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/models/model_parameters.h"

namespace dnm {

/// A session as kept in a `.dnm.json` file (version 1). View state, training settings and runs belong to other rooms
/// and are kept here as JSON text; unknown keys are kept and written back.
struct Session {
  ModelParameters parameters{};
  std::string network_file{};   ///< when the working network was opened from a file; empty: drawn from the parameters
  std::string view = "{}";      ///< JSON object
  std::string training = "{}";  ///< JSON object
  std::string runs = "[]";      ///< JSON array of the groups of runs that were trained; not written while empty
  std::string unknown = "{}";   ///< JSON object of top-level keys this version does not know
};

/// Throws FileError / InvalidInput with what is wrong and where.
[[nodiscard]] Session session_from_json(std::string_view text);
[[nodiscard]] std::string session_to_json(const Session& session);
[[nodiscard]] Session read_session(const std::filesystem::path& path);
void write_session(const std::filesystem::path& path, const Session& session);

/// A named starting point: the poster's panels, shipped in resources/presets (one file each, compiled in).
struct Preset {
  std::string id;           ///< "poster-b"
  std::string title;        ///< "b  standard"
  std::string description;  ///< one sentence
  ModelParameters parameters;
};
[[nodiscard]] const std::vector<Preset>& presets();
/// Throws InvalidInput with "did you mean" for an unknown id.
[[nodiscard]] const Preset& preset(std::string_view id);

}  // namespace dnm
