// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/files/network_files.h"
#include "core/files/tensor_choice.h"

namespace dnm {

/// A network as a NumPy archive: `layer_sizes`, per layer i from 0 `layer{i}_indptr`, `layer{i}_indices`,
/// `layer{i}_shape` (n_out, n_in), and `provenance` (JSON text). A network of one layer also carries the arrays of a
/// SciPy csr matrix, so that scipy.sparse.load_npz can read it; a general graph is such a (symmetric) matrix with
/// `layer_sizes` = [N]. Names of nodes are the lists `node_ids`, `node_labels` and, for each further attribute,
/// `node_attribute_NAME`. Read as well: a matrix that scipy.sparse.save_npz wrote in any of its formats, and dense
/// matrices (numpy.savez) that stack_tensors() makes layers of, `tensors` naming those to take. A single matrix is a
/// layer of n_out rows and n_in columns, also when it is square (with a notice), or with ReadAs::graph the adjacency of
/// a graph; what is not zero is a link. Rows may be unsorted. Throws FileError, TensorChoiceNeeded, ResourceError.
[[nodiscard]] NetworkFile read_npz(const std::filesystem::path& path, const ReadOptions& options,
                                   const TaskControl& control);
/// What can be chosen among its dense matrices. Throws FileError, ResourceError, Cancelled. O(elements).
[[nodiscard]] TensorChoice npz_choice(const std::filesystem::path& path, const TaskControl& control);
void write_npz(const std::filesystem::path& path, const NetworkFile& file);

}  // namespace dnm
