// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace/session.h"
#include "core/support/task_control.h"

namespace dnm {

/// What a file brought: a session with its network read, or a network.
struct OpenedFile {
  std::optional<Session> session{};
  ShownFile network{};                 ///< unless it is a session
  std::vector<std::string> notices{};  ///< what the person should know about the network
};

/// Reads a network, a session, or the session of an exported figure, distinguished by the extension. `path` is
/// absolute, so that the names of files in the state are. Throws FileError / InvalidInput, ResourceError for a network
/// that does not fit in memory, Cancelled; takes as long as reading does.
[[nodiscard]] OpenedFile open_file(const std::filesystem::path& path, const TaskControl& control = {});

/// A session from its own file, or from a figure that carries one. Throws FileError / InvalidInput, and ResourceError
/// for a figure in a build without figures.
[[nodiscard]] Session session_in_file(const std::filesystem::path& path);

}  // namespace dnm
