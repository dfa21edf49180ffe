// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

#include "core/network/network.h"

namespace dnm {

/// One data set in IDX files. Add a set of the same format: one row in data_set_table.cpp.
struct DataSetInfo {
  std::string_view id;       ///< on the command line: "fashion-mnist"
  std::string_view label;    ///< in the window: "Fashion-MNIST"
  std::string_view meaning;  ///< one sentence: what it shows and where its files come from
  NodeIndex height;          ///< pixels
  NodeIndex width;
  NodeIndex classes;
  unsigned first_label;  ///< the lowest label in the files (EMNIST letters count from 1)
  bool transposed;       ///< images are stored column by column (EMNIST)
  float mean;            ///< of the training pixels in [0, 1]; METHODS 5.1
  float deviation;
  /// What the names of the training and of the test files start with, before "-images-idx3-ubyte" and
  /// "-labels-idx1-ubyte" (and perhaps ".gz").
  std::string_view train_files;
  std::string_view test_files;

  [[nodiscard]] NodeIndex inputs() const { return height * width; }
};

[[nodiscard]] std::span<const DataSetInfo> data_set_table();
/// Throws InvalidInput with "did you mean" for an unknown id.
[[nodiscard]] const DataSetInfo& data_set_info(std::string_view id);

}  // namespace dnm
