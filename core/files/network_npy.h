// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/files/network_files.h"

namespace dnm {

/// A dense matrix that numpy.save wrote, of any kind of number and in C's or Fortran's order: what is not zero is a
/// link. It is one layer, a row per output neuron and a column per input neuron, also when it is square (with a
/// notice), or with ReadAs::graph the adjacency of a graph. Arrays of other dimensions and of Python objects are
/// refused. Throws FileError, ResourceError.
[[nodiscard]] NetworkFile read_npy(const std::filesystem::path& path, const ReadOptions& options,
                                   const TaskControl& control);

}  // namespace dnm
