// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "core/support/task_control.h"
#include "training/data/batch.h"
#include "training/data/data_set_table.h"

namespace dnm {

/// Labelled grey images as they lie in the files: one byte a pixel.
struct ImageSet {
  NodeIndex inputs = 0;              ///< pixels of an image
  std::vector<std::uint8_t> pixels;  ///< image by image, row by row
  std::vector<std::uint8_t> labels;  ///< 0 … classes-1
  [[nodiscard]] std::size_t size() const { return labels.size(); }
};

struct DataSet {
  ImageSet train;
  ImageSet test;
  std::array<float, 256> normalised{};  ///< (value/255 - mean)/deviation for each value of a pixel

  /// Fills the batch with the images `which` of `images`, normalised.
  void gather(const ImageSet& images, std::span<const std::uint32_t> which, Batch& batch) const;
};

/// The four files of a data set.
struct DataSetFiles {
  std::filesystem::path train_images, train_labels, test_images, test_labels;
};

/// Finds the files (plain or .gz) and checks their headers, quickly. `folder` empty: where the system keeps the set.
/// Throws FileError with what is missing or wrong.
[[nodiscard]] DataSetFiles find_data_set(const DataSetInfo& info, std::string_view folder);

/// Reads it all. Throws FileError (also for labels out of range and images that have none), Cancelled.
[[nodiscard]] DataSet load_data_set(const DataSetInfo& info, const DataSetFiles& files,
                                    const TaskControl& control = {});

}  // namespace dnm
