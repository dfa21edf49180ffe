// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/files/network_files.h"

namespace dnm {

/// A network as GraphML (Brandes et al., Graph Drawing 2001, doi:10.1007/3-540-45848-4_59), which NetworkX, igraph,
/// Gephi, Cytoscape and yEd read: undirected, nodes n0, n1, … numbered through the layers, each with its degree, its
/// layer and its index in the layer (from 0; layered networks only), and its community, r and theta where they are
/// known; the graph carries `layer_sizes` and `provenance`. Read as well: any undirected or directed graph of nodes and
/// edges; nodes are numbered in the order of the file. Directions, weights, loops and repetitions are dropped, with a
/// notice. The network is layered when every node has a `layer` and an `index` consistent with each other and the
/// edges; otherwise it is a general graph, with a notice. Throws FileError with the line, ResourceError.
[[nodiscard]] NetworkFile read_graphml(const std::filesystem::path& path, const ReadOptions& options,
                                       const TaskControl& control);
void write_graphml(const std::filesystem::path& path, const NetworkFile& file);

}  // namespace dnm
