// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/network/network.h"
#include "core/support/task_control.h"

namespace dnm {

/// A batch of labelled images as Python pickles it: a dictionary with "data", a NumPy array of bytes (images × inputs),
/// and "labels", a list of numbers.
struct PickledBatch {
  std::vector<std::uint8_t> pixels{};  ///< image by image
  std::vector<std::int64_t> labels{};
};

/// Reads it as data: nothing in it is run (core/files/pickle.h). Throws FileError for a file that is no such batch, or
/// has no whole number of images; ResourceError; Cancelled.
[[nodiscard]] PickledBatch read_pickled_batch(const std::filesystem::path& path, NodeIndex inputs,
                                              const TaskControl& control = {});

}  // namespace dnm
