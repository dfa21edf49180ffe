// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/files/network_builder.h"
#include "core/files/npz_archive.h"
#include "core/network/network.h"
#include "core/support/task_control.h"

namespace dnm {

/// The stored compressed rows: `PREFIXindptr` and `PREFIXindices`, for `rows` rows of `columns` columns. The offsets
/// are consistent with the links; columns may be unsorted, duplicated or out of range. `name` is used in messages.
/// Throws FileError, ResourceError.
[[nodiscard]] Mask stored_rows(const NpzReader& archive, const std::filesystem::path& path, const std::string& prefix,
                               const std::string& name, std::uint64_t rows, std::uint64_t columns);

/// `PREFIXshape`: (n_out, n_in), both in [1, 2^31). Throws FileError.
[[nodiscard]] std::pair<std::uint64_t, std::uint64_t> stored_shape(const NpzReader& archive,
                                                                   const std::filesystem::path& path,
                                                                   const std::string& prefix, const std::string& name);

/// The matrix that scipy.sparse.save_npz wrote, in SciPy's csr, csc, coo, bsr or dia format; zero entries are not
/// links, and repeated ones count once. Throws FileError, ResourceError.
[[nodiscard]] Mask read_scipy_matrix(const NpzReader& archive, const std::filesystem::path& path, LinkLosses& losses);

/// A dense matrix: what is not zero is a link. Its rows are the outputs, or with `turned` its columns; without rows and
/// columns it is a matrix of no size. Throws FileError (not two dimensions, no neurons, no numbers), ResourceError,
/// Cancelled. O(elements) time, O(rows + columns + links) memory.
[[nodiscard]] Mask read_dense_matrix(NpyArray array, bool turned, LinkLosses& losses, const TaskControl& control);

}  // namespace dnm
