// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/workspace/experiments/chart_settings.h"
#include "app/workspace/experiments/experiment.h"
#include "app/workspace/experiments/sweep.h"
#include "app/workspace/pins/pin_results.h"
#include "app/workspace/selected_neurons.h"
#include "app/workspace/session/file_stamp.h"
#include "app/workspace/state.h"

namespace dnm {

/// The keys of a session file that this version does not know, to be written back.
struct UnknownKeys {
  std::string top = "{}";   ///< JSON object of keys of the session itself and of its parameters
  std::string view = "{}";  ///< the view object as it was read, known keys included
};

/// What a `.dnm.json` file holds (version 1).
struct Session {
  WorkspaceState state{};                ///< networks of files and runs are not read
  bool has_view = true;                  ///< false: the view object is empty, as in a session that is a network alone
  bool has_training = true;              ///< the same for the training settings and their seeds
  std::optional<ChartSettings> chart{};  ///< a part of the view
  SelectedNeurons selected{};
  PinResults pin_results{};        ///< of the pins of the state: the values of measures alone are kept
  std::vector<Experiment> runs{};  ///< read without networks and events
  std::optional<Sweep> sweep{};    ///< with the rows that are there
  std::string damaged_runs{};      ///< one sentence if some of them could not be read; else empty
  std::string damaged_pins{};      ///< the same of pins
  std::string damaged_sweep{};     ///< the same of the sweep
  std::string found_elsewhere{};   ///< one sentence if files are where the session does not say; else empty
  UnknownKeys unknown{};
};

/// An empty session of a network alone: without view and training settings.
[[nodiscard]] Session network_session();
/// What the window shows before anything is opened: a Dendritic network, coloured by community.
[[nodiscard]] Session first_session();

/// The text of a session file and back, names of files and folders as they stand there (session_paths.h). Throws
/// FileError / InvalidInput with what is wrong and where.
[[nodiscard]] Session session_from_json(std::string_view text);
[[nodiscard]] std::string session_to_json(const Session& session);

/// The session of a file, with the names of files and folders as they are from here. Throws as session_from_json().
[[nodiscard]] Session read_session(const std::filesystem::path& path);
/// The same in two steps, for those who need the bytes: what the file holds, and the session that they are.
[[nodiscard]] std::string read_session_text(const std::filesystem::path& path);
[[nodiscard]] Session session_of_file(const std::filesystem::path& path, std::string_view text);
/// Writes the session whole or not at all, with what lies below its folder named relative to it. Returns the stamp of
/// what was written.
FileStamp write_session(const std::filesystem::path& path, Session session);

/// Whether a file of that name is a session (.json), or a figure that carries one (figure_extensions).
[[nodiscard]] bool is_session_file(const std::filesystem::path& path);
[[nodiscard]] bool is_figure_file(const std::filesystem::path& path);
/// Whether a file of that name is an animation (.gif, .webp), which carries no session that can be opened.
[[nodiscard]] bool is_animation_file(const std::filesystem::path& path);

}  // namespace dnm
