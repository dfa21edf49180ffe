// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "app/workspace/session/session.h"
#include "app/workspace/state.h"

// The names of files and folders that a session holds: the network that is shown, run folders, folders of data sets.
// In memory a name is absolute or, as it was typed, relative to the current folder. In a session file, what lies below
// the folder of the session is named relative to it, so that both can be moved together.
namespace dnm {

/// What a name is there for: something that was there when the session was made, or the place of runs to come.
enum class PathUse { existing, for_new_runs };
/// Gives the name that takes the place of another.
using PathChange = std::function<std::string(const std::string& name, PathUse use)>;
/// Replaces every name that is not empty.
void change_paths(Shown& shown, const PathChange& change);
void change_paths(WorkspaceState& state, const PathChange& change);
/// The same, for its experiments too. A run folder that follows from the settings of its experiment still does.
void change_paths(Session& session, const PathChange& change);

/// `name` seen from `folder`: relative where it lies below it (as named or, behind symbolic links, in truth), else
/// absolute. Names that begin with ~ stay as they are.
[[nodiscard]] std::string path_from(const std::filesystem::path& folder, const std::string& name);
/// The folder that relative names in this session file start from: its own or, for a symbolic link, that of the file
/// it leads to.
[[nodiscard]] std::filesystem::path folder_of_session(const std::filesystem::path& session_file);

/// Every name as the session file has it.
void store_paths(Session& session, const std::filesystem::path& session_file);
/// The inverse: every name as it is from here. What is gone from an absolute place is looked for below the folder of
/// the session under the longest end of its name that is there; a name without folders that is not beside the session,
/// or NAME/seed-N, as a figure has it of a run elsewhere, in the user's folder of runs. Returns one sentence if
/// anything was found that way, else an empty text. Opens no file.
[[nodiscard]] std::string resolve_paths(Session& session, const std::filesystem::path& session_file);
/// Every relative name made absolute, for a copy of the session that is kept elsewhere.
void make_paths_absolute(Session& session);
/// The same of what a search is of, whose steps are taken from any folder.
void make_paths_absolute(ModelParameters& model, TrainingSettings& training);

}  // namespace dnm
