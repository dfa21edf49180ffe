// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/network/network.h"
#include "core/support/task_control.h"

namespace dnm {

/// A data set as the user names it.
struct DataChoice {
  std::string data_set;  ///< "fashion-mnist"
  std::string folder;    ///< with its files; empty: where the system keeps them
};

/// What a data set requires of a network, known without reading its images.
struct DataInputs {
  std::string label;  ///< "Fashion-MNIST"
  NodeIndex inputs;   ///< 784
};

/// Correlation of the training inputs: |Pearson correlation| of inputs a and b at a·inputs + b, symmetric, 0 on the
/// diagonal and wherever an input is constant.
struct InputCorrelation {
  NodeIndex inputs = 0;
  std::vector<float> strength;
};

/// |w·∂L/∂w| of a dense network, layer by layer; output o, input i of a layer at o·n_in + i. Finite, not negative.
using LinkSaliency = std::vector<std::vector<float>>;

/// The data available to an initialiser that needs a data set. The models know neither data sets nor Torch: `training`
/// implements this interface, and the code that draws networks passes it in. Thread-safe; the last result is cached, so
/// that repeated calls cost nothing. Throws InvalidInput for an unknown data set, FileError, ResourceError, Cancelled.
class DataSource {
 public:
  virtual ~DataSource() = default;
  [[nodiscard]] virtual DataInputs inputs_of(const DataChoice& choice) = 0;
  /// Over all training images, with raw values in [0, 1].
  [[nodiscard]] virtual std::shared_ptr<const InputCorrelation> input_correlation(const DataChoice& choice,
                                                                                  const TaskControl& control) = 0;
  /// For the dense network of these layers with a classifier on top, on one batch of training images; the seed
  /// determines its initial weights and the images.
  [[nodiscard]] virtual std::shared_ptr<const LinkSaliency> link_saliency(const DataChoice& choice,
                                                                          const std::vector<NodeIndex>& layer_sizes,
                                                                          std::uint64_t seed,
                                                                          const TaskControl& control) = 0;
};

/// Provides the data source when it is first needed, since it loads Torch. Throws ResourceError in a build without it.
using DataSourceProvider = std::function<DataSource&()>;

/// Throws InvalidInput, naming suitable layers, unless the first layer is as large as the data's inputs.
void check_first_layer(const std::vector<NodeIndex>& layer_sizes, const DataInputs& data);

}  // namespace dnm
