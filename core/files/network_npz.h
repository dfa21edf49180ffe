// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/files/network_files.h"

namespace dnm {

/// A network as a NumPy archive: `layer_sizes`, per layer i from 0 `layer{i}_indptr`, `layer{i}_indices`,
/// `layer{i}_shape` (n_out, n_in), and `provenance` (JSON text). A network of one layer also carries the arrays of a
/// SciPy csr matrix, so that scipy.sparse.load_npz can read it; a general graph is such a (symmetric) matrix with
/// `layer_sizes` = [N]. Read as well: a csr, csc or coo matrix saved by SciPy alone, which is one layer of n_out x n_in
/// whose weights are ignored. Rows may be unsorted; explicitly stored zeros are not links. Throws FileError,
/// ResourceError.
[[nodiscard]] NetworkFile read_npz(const std::filesystem::path& path, const ReadOptions& options,
                                   const TaskControl& control);
void write_npz(const std::filesystem::path& path, const NetworkFile& file);

}  // namespace dnm
