// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/files/network_builder.h"
#include "core/files/npz_archive.h"
#include "core/network/network.h"

namespace dnm {

/// Compressed rows as they are stored: `PREFIXindptr` and `PREFIXindices`, for `rows` rows of `columns` columns. The
/// offsets fit the links; columns may be unsorted, double or out of range. `name` is what messages call it.
/// Throws FileError, ResourceError.
[[nodiscard]] Mask stored_rows(const NpzReader& archive, const std::filesystem::path& path, const std::string& prefix,
                               const std::string& name, std::uint64_t rows, std::uint64_t columns);

/// `PREFIXshape`: (n_out, n_in), both from 1 to 2^31 excluded. Throws FileError.
[[nodiscard]] std::pair<std::uint64_t, std::uint64_t> stored_shape(const NpzReader& archive,
                                                                   const std::filesystem::path& path,
                                                                   const std::string& prefix, const std::string& name);

/// The matrix that scipy.sparse.save_npz wrote, in SciPy's csr, csc or coo format; entries that are zero are no links,
/// and those that are there twice count once. Throws FileError, ResourceError.
[[nodiscard]] Mask read_scipy_matrix(const NpzReader& archive, const std::filesystem::path& path, LinkLosses& losses);

}  // namespace dnm
