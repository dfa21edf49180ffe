// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "app/workspace/session/session.h"
#include "app/workspace/state.h"

// What exported files (figures, networks, tables) say of where things are. They go to other people, so that they name
// no folder of this machine: what lies below the folder of the exported file is named relative to it, and of all else
// only the last part of the name is kept. `file`: the exported file.
namespace dnm {

/// A file or folder as the exported file names it; of a run in a folder seed-N, the last two parts of the name.
[[nodiscard]] std::string exported_name(const std::string& name, const std::filesystem::path& file);
/// The state with such names. A folder for runs to come is left out unless it lies below that of the exported file.
[[nodiscard]] WorkspaceState exported_state(WorkspaceState state, const std::filesystem::path& file);
/// A command line, quoted as by shell_word(), with such names in place of absolute ones.
[[nodiscard]] std::string exported_command_line(const std::string& line, const std::filesystem::path& file);
/// The JSON text of a session, for a figure that carries it.
[[nodiscard]] std::string exported_session(Session session, const std::filesystem::path& file);
/// A text about the origin of a file, JSON or not: absolute names and command lines as above, other texts without the
/// folders that they mention. Unchanged where there is nothing to leave out.
[[nodiscard]] std::string exported_provenance(const std::string& text, const std::filesystem::path& file);

}  // namespace dnm
