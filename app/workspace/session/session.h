// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/workspace/experiments/chart_settings.h"
#include "app/workspace/experiments/experiment.h"
#include "app/workspace/state.h"

namespace dnm {

/// The keys of a session file that this version does not know, to be written back.
struct UnknownKeys {
  std::string top = "{}";   ///< JSON object of keys of the session itself and of its parameters
  std::string view = "{}";  ///< the view object as it was read, known keys included
};

/// What a `.dnm.json` file holds (version 1).
struct Session {
  WorkspaceState state{};    ///< networks of files and runs are not read; names may be relative, see beside()
  bool has_view = true;      ///< false: the view object is empty, as in a session that is a network alone
  bool has_training = true;  ///< the same for the training settings and their seeds
  std::optional<ChartSettings> chart{};  ///< a part of the view
  std::vector<Experiment> runs{};        ///< read without networks and events
  std::string damaged_runs{};            ///< one sentence if some of them could not be read; else empty
  UnknownKeys unknown{};
};

/// An empty session of a network alone: without view and training settings.
[[nodiscard]] Session network_session();

/// Throws FileError / InvalidInput with what is wrong and where.
[[nodiscard]] Session session_from_json(std::string_view text);
[[nodiscard]] std::string session_to_json(const Session& session);
[[nodiscard]] Session read_session(const std::filesystem::path& path);
void write_session(const std::filesystem::path& path, const Session& session);

/// Whether a file of that name is a session (.json), or a figure that carries one (.svg, .pdf, .png).
[[nodiscard]] bool is_session_file(const std::filesystem::path& path);
[[nodiscard]] bool is_figure_file(const std::filesystem::path& path);
/// The path of a file named in `session_file`: relative names are relative to the folder of the session.
[[nodiscard]] std::filesystem::path beside(const std::filesystem::path& session_file, const std::string& name);

}  // namespace dnm
