// SPDX-License-Identifier: GPL-3.0-or-later
// How the files of each format are found and read; data_set.cpp picks the one a data set comes in.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/support/task_control.h"
#include "training/data/data_set.h"
#include "training/data/data_set_table.h"

namespace dnm {

/// The folder to look in, and whether it was given or is the system's.
struct DataFolder {
  std::filesystem::path path;
  bool given;
};

/// The files of a data set under the names they were published with, without ".gz", all in one folder: that of the
/// user, or one of its `subfolders` ("FashionMNIST/raw"), in this order. A name that differs in case or in its dots,
/// dashes and underscores is the same ("train-images.idx3-ubyte"), with ".gz" or without, and also in a folder of its
/// own name; of several the packed one counts. Empty where no folder has them all. O(entries of those folders).
[[nodiscard]] std::vector<std::filesystem::path> look_for_files(const DataFolder& folder,
                                                                std::span<const std::string> subfolders,
                                                                std::span<const std::string> names);
/// The same. Throws FileError, with what is there and what to do, where files are missing.
[[nodiscard]] std::vector<std::filesystem::path> find_data_files(const DataSetInfo& info, const DataFolder& folder,
                                                                 std::span<const std::string> subfolders,
                                                                 std::span<const std::string> names);
/// A label of the file as it counts from 0. Throws FileError when it is out of range.
[[nodiscard]] std::uint8_t checked_label(const DataSetInfo& info, const std::filesystem::path& file, std::size_t image,
                                         std::int64_t label);

/// Files {images, labels}, plain or compressed by gzip; their headers are checked.
[[nodiscard]] DataSetFiles find_idx_set(const DataSetInfo& info, const DataFolder& folder);
[[nodiscard]] ImageSet load_idx_set(const DataSetInfo& info, const std::vector<std::filesystem::path>& files,
                                    const TaskControl& control);

/// Five training batches and a test batch of the binary or the Python version; their lengths are checked.
[[nodiscard]] DataSetFiles find_cifar_set(const DataSetInfo& info, const DataFolder& folder);
[[nodiscard]] ImageSet load_cifar_set(const DataSetInfo& info, const std::vector<std::filesystem::path>& files,
                                      const TaskControl& control);

}  // namespace dnm
