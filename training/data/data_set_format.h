// SPDX-License-Identifier: GPL-3.0-or-later
// How the files of each format are found and read; data_set.cpp picks the one a data set comes in.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>

#include "core/support/task_control.h"
#include "training/data/data_set.h"
#include "training/data/data_set_table.h"

namespace dnm {

/// The folder to look in, and whether it was given or is the system's.
struct DataFolder {
  std::filesystem::path path;
  bool given;
};

/// The file of one of these names. Throws FileError with what to do.
[[nodiscard]] std::filesystem::path find_data_file(const DataSetInfo& info, const DataFolder& folder,
                                                   std::initializer_list<std::string> names);
/// A label of the file as it counts from 0. Throws FileError when it is out of range.
[[nodiscard]] std::uint8_t checked_label(const DataSetInfo& info, const std::filesystem::path& file, std::size_t image,
                                         unsigned label);

/// Files {images, labels}, plain or compressed by gzip; their headers are checked.
[[nodiscard]] DataSetFiles find_idx_set(const DataSetInfo& info, const DataFolder& folder);
[[nodiscard]] ImageSet load_idx_set(const DataSetInfo& info, const std::vector<std::filesystem::path>& files,
                                    const TaskControl& control);

/// Five training batches and a test batch, as they are or in the folder cifar-10-batches-bin; their lengths are
/// checked.
[[nodiscard]] DataSetFiles find_cifar_set(const DataSetInfo& info, const DataFolder& folder);
[[nodiscard]] ImageSet load_cifar_set(const DataSetInfo& info, const std::vector<std::filesystem::path>& files,
                                      const TaskControl& control);

}  // namespace dnm
