// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

#include "core/files/network_files.h"

namespace dnm {

/// A network in Pajek's format (Batagelj and Mrvar, Connections 21, 47, 1998), which Pajek, NetworkX and igraph read:
/// `*Vertices N` with a label for each, `*Edges`. Comments (`%`) before them hold the counts N= and E=,
/// `layers=98,196,196`, `provenance=` and, for names that are not labels alone, node_comments.h. Read as well: `*Arcs`,
/// `*Arcslist`,
/// `*Edgeslist` and `*Matrix`, several relations (together), coordinates and other attributes of vertices as further
/// columns of their names, and networks of two modes (`*Vertices N M`), which are one layer from the first M vertices
/// to the others unless ReadAs::graph is asked for. Lines are links whatever their weight, and entries of a matrix
/// where they are not 0; partitions, vectors and other objects are omitted. Throws FileError with the line (also for a
/// second network), ResourceError.
[[nodiscard]] NetworkFile read_net(const std::filesystem::path& path, const ReadOptions& options,
                                   const TaskControl& control);
void write_net(const std::filesystem::path& path, const NetworkFile& file);
/// Whether a text begins as such a file.
[[nodiscard]] bool is_net(std::string_view start);

}  // namespace dnm
