// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "core/support/task_control.h"
#include "training/data/augmentation.h"
#include "training/data/data_set_table.h"
#include "training/data/image_batch.h"

namespace dnm {

/// Labelled images as the files hold them: one byte per pixel.
struct ImageSet {
  NodeIndex inputs = 0;              ///< bytes of an image
  std::vector<std::uint8_t> pixels;  ///< image by image, channel by channel, row by row
  std::vector<std::uint8_t> labels;  ///< 0 … classes-1
  [[nodiscard]] std::size_t size() const { return labels.size(); }
};

struct DataSet {
  const DataSetInfo* info = nullptr;
  ImageSet train;
  ImageSet test;
  /// (value/255 - mean)/deviation for each channel and each value of a pixel.
  std::vector<std::array<float, 256>> normalised;

  /// Fills the batch with the images `which` of `images` (1 … its capacity, numbers below images.size()), normalised;
  /// with `changes` (one for each, or none) applied before. O(images·inputs), allocates nothing.
  void gather(const ImageSet& images, std::span<const std::uint32_t> which, ImageBatch& batch,
              std::span<const Augmentation> changes = {}) const;

  /// CRC-32 of all pixels and labels: identifies the data, whichever files hold them. About a second per gigabyte.
  /// Throws Cancelled.
  [[nodiscard]] std::uint32_t checksum(const TaskControl& control = {}) const;
};

/// The files of a data set, in the order of its format, and how many images they promise.
struct DataSetFiles {
  std::vector<std::filesystem::path> train;
  std::vector<std::filesystem::path> test;
  std::uint64_t train_images = 0;
  std::uint64_t test_images = 0;
};

/// Finds the files and checks their headers, quickly. `folder` empty: where the system keeps the set.
/// Throws FileError with what is missing or wrong.
[[nodiscard]] DataSetFiles find_data_set(const DataSetInfo& info, std::string_view folder);

/// Throws ResourceError when all the images that the files promise would not fit in memory.
void check_image_memory(const DataSetInfo& info, const DataSetFiles& files);

/// Reads it all. Throws FileError (also for labels out of range and images that have none), ResourceError when it would
/// not fit in memory, Cancelled.
[[nodiscard]] DataSet load_data_set(const DataSetInfo& info, const DataSetFiles& files,
                                    const TaskControl& control = {});

}  // namespace dnm
