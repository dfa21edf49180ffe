// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/files/network_files.h"

namespace dnm {

/// A network as a sparse matrix in Matrix Market's coordinate format (Boisvert, Pozo and Remington, NIST IR 5935,
/// 1996), which scipy.io.mmread and MATLAB's mmread read. One mask is a `general` matrix with a row per output neuron
/// and a column per input neuron. Several layers do not fit in one such matrix: they are written as the `symmetric`
/// adjacency matrix of all neurons, numbered through the layers, inputs first, as is a general graph. A comment
/// "layers=98,196,196" holds the layer sizes, and "provenance=…" the provenance. Read as well: any matrix of kind
/// pattern, real or integer; zero entries are not links. Without the comment, a `symmetric` matrix is a general graph
/// and a `general` one is one mask. Throws FileError with the line, ResourceError.
[[nodiscard]] NetworkFile read_mtx(const std::filesystem::path& path, const ReadOptions& options,
                                   const TaskControl& control);
void write_mtx(const std::filesystem::path& path, const NetworkFile& file);

}  // namespace dnm
