// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/network/network.h"

namespace dnm {

/// What a data set asks of a network, known without loading its images.
struct DataSetShape {
  std::string id;     ///< "fashion-mnist"
  std::string label;  ///< "Fashion-MNIST"
  NodeIndex inputs;   ///< 784
  NodeIndex classes;  ///< 10
};
/// Every data set the program can read, in display order.
[[nodiscard]] std::span<const DataSetShape> data_set_shapes();
/// Throws InvalidInput with "did you mean" for an unknown id.
[[nodiscard]] const DataSetShape& data_set_shape(std::string_view id);

}  // namespace dnm
