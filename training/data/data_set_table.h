// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "core/network/network.h"

namespace dnm {

/// idx: the MNIST database's files of images and of labels; cifar: CIFAR-10's batches of labelled images.
enum class DataSetFormat { idx, cifar };

/// One data set. To add one of a known format, add its row to data_set_table.cpp. Sources: MNIST (LeCun et al., Proc.
/// IEEE 86:2278, 1998, doi:10.1109/5.726791), Fashion-MNIST (Xiao et al., 2017, arXiv:1708.07747), KMNIST (Clanuwat
/// et al., 2018, arXiv:1812.01718), EMNIST (Cohen et al., IJCNN 2017, doi:10.1109/IJCNN.2017.7966217), CIFAR-10
/// (Krizhevsky, technical report, Toronto, 2009).
struct DataSetInfo {
  std::string_view id;       ///< on the command line: "fashion-mnist"
  std::string_view label;    ///< in the window: "Fashion-MNIST"
  std::string_view meaning;  ///< one sentence: what it shows and where its files come from
  DataSetFormat format;
  NodeIndex channels;  ///< colours: 1 or 3
  NodeIndex height;    ///< pixels
  NodeIndex width;
  NodeIndex classes;
  NodeIndex hidden_width;          ///< of each hidden layer of the net that is usual for it
  unsigned first_label;            ///< the lowest label in the files (EMNIST letters count from 1)
  bool transposed;                 ///< images are stored column by column (EMNIST)
  unsigned crop_padding;           ///< training images are shifted at random by up to this many pixels each way
  bool mirrored;                   ///< and every other one is mirrored left to right
  std::array<float, 3> mean;       ///< of the training pixels in [0, 1], by channel
  std::array<float, 3> deviation;  ///< likewise
  std::string_view train_files;    ///< the start of the training files' names; the format adds the rest
  std::string_view test_files;     ///< likewise, of the test files
  std::string_view torchvision;    ///< its folder in the root folder of torchvision.datasets

  [[nodiscard]] NodeIndex inputs() const { return channels * height * width; }
  /// Whether training images are changed at random each time they are seen.
  [[nodiscard]] bool is_augmented() const { return crop_padding > 0 || mirrored; }
};

[[nodiscard]] std::span<const DataSetInfo> data_set_table();
/// Throws InvalidInput with "did you mean" for an unknown id.
[[nodiscard]] const DataSetInfo& data_set_info(std::string_view id);

}  // namespace dnm
