// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace/session/session.h"
#include "core/support/task_control.h"

namespace dnm {

/// The contents of a file or folder: a session with its network, a network, or runs.
struct OpenedFile {
  std::optional<Session> session{};
  std::optional<FileStamp> stamp{};    ///< of a session file
  ShownFile network{};                 ///< unless it is a session or a folder of runs
  std::vector<Experiment> runs{};      ///< of a folder
  bool is_search = false;              ///< the folder of a search (SearchWatch)
  std::optional<ShownRun> run{};       ///< the first of them that rewires its links, after its last update
  std::vector<std::string> notices{};  ///< for the user, about the network and where files were found
};

/// Reads a network, a session, or the session of an exported figure, distinguished by the extension, or the runs of a
/// folder (see read_experiments()); a search is only recognised. `path` is absolute, so that file names in the state
/// are; `reading` is for a network. Throws FileError / InvalidInput,
/// ResourceError for a network that does not fit in memory, Cancelled; a session opens without its network too, see
/// read_shown(). Blocks while it reads.
[[nodiscard]] OpenedFile open_file(const std::filesystem::path& path, const ReadOptions& reading = {},
                                   const TaskControl& control = {});

/// Reads the network of a file or run that is shown, and the one that this run is compared with, unless they were read
/// before. A file or run that cannot be read stays what is shown, with the reason as its problem; the notices returned
/// are about one that was. Throws Cancelled.
[[nodiscard]] std::vector<std::string> read_shown(Shown& shown, const TaskControl& control = {});

/// A session from its own file, or from a figure that carries one, names of files and folders as they are from here.
/// Throws FileError / InvalidInput, and ResourceError for a figure in a build without figures.
[[nodiscard]] Session session_in_file(const std::filesystem::path& path);

}  // namespace dnm
