// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/files/network_files.h"

namespace dnm {

/// A network as GEXF (gexf.net, versions 1.1 to 1.3; 1.2 is written), the format of Gephi: undirected, each node with
/// its id, its label, its degree, its layer and index in the layer (from 0; layered networks only), the attributes that
/// the network's file gave it, and its community, r and theta where they are known. The node then stands at x = 100 r
/// cos θ, y = 100 r sin θ, the hyperbolic disk in the units of Gephi's overview. Read as well: any static or dynamic
/// graph; nodes are numbered in the order of the file, those inside others after them, and those that only edges name
/// at the end, as Gephi takes them. Whatever has a time is there at all times, and of the values of an attribute the
/// last one counts. Directions, weights, loops and repetitions are dropped, with a notice. ReadAs::layers asks for
/// layers (graph_collector.h), ReadAs::graph for none. Throws FileError with the line, ResourceError.
[[nodiscard]] NetworkFile read_gexf(const std::filesystem::path& path, const ReadOptions& options,
                                    const TaskControl& control);
void write_gexf(const std::filesystem::path& path, const NetworkFile& file);

}  // namespace dnm
