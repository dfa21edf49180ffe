// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/files/network_files.h"

namespace dnm {

/// A network as a sparse matrix in Matrix Market's coordinate format (Boisvert, Pozo and Remington, NIST IR 5935,
/// 1996), which scipy.io.mmread and MATLAB's mmread read. One mask is a `general` matrix with a row per output neuron
/// and a column per input neuron. Several layers do not fit in one such matrix: they are written as the `symmetric`
/// adjacency matrix of all neurons, numbered through the layers, inputs first, as is a general graph. Comments hold the
/// layer sizes ("layers=98,196,196"), the provenance ("provenance=…") and the names of nodes (node_comments.h).
///
/// Read as well: every matrix of the format, coordinate or array, of any kind of number, with one or two percent signs
/// and in any letter case; what is not zero is a link. Without the comment, a matrix with a symmetry (symmetric,
/// skew-symmetric, hermitian) is a general graph, and a `general` one a layer, also when it is square (with a notice).
/// ReadAs::graph makes each the adjacency of a graph, ReadAs::layers a layer. Throws FileError with the line,
/// ResourceError.
[[nodiscard]] NetworkFile read_mtx(const std::filesystem::path& path, const ReadOptions& options,
                                   const TaskControl& control);
void write_mtx(const std::filesystem::path& path, const NetworkFile& file);

}  // namespace dnm
