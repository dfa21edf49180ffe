// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/support/task_control.h"

namespace dnm {

/// What the header of an IDX file of bytes promises (the format of the MNIST database; LeCun et al., Proc. IEEE
/// 86:2278, 1998, doi:10.1109/5.726791).
struct IdxHeader {
  std::vector<std::uint32_t> sizes;  ///< {count} for labels, {count, height, width} for images
};

/// Reads the header of an IDX file of unsigned bytes, plain or compressed by gzip. `dimensions`: 1 or 3.
/// Throws FileError when it cannot be read, is cut short, or is not such a file.
[[nodiscard]] IdxHeader read_idx_header(const std::filesystem::path& path, unsigned dimensions);

/// Reads all values, image by image, row by row. Throws FileError as above, and when there are fewer or more values
/// than the header promises or the compressed data are damaged; Cancelled. Memory grows with the data found, not with
/// what the header claims.
[[nodiscard]] std::vector<std::uint8_t> read_idx_values(const std::filesystem::path& path, unsigned dimensions,
                                                        const TaskControl& control = {});

}  // namespace dnm
