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

/// A data set as a person names it.
struct DataChoice {
  std::string data_set;  ///< "fashion-mnist"
  std::string folder;    ///< of its files; empty: where the system keeps them
};

/// What a data set asks of a network, known without reading its images.
struct DataInputs {
  std::string label;  ///< "Fashion-MNIST"
  NodeIndex inputs;   ///< 784
};

/// How much the training inputs tell of each other: |Pearson correlation| of inputs a and b at a·inputs + b, symmetric,
/// 0 on the diagonal and wherever an input never changes.
struct InputCorrelation {
  NodeIndex inputs = 0;
  std::vector<float> strength;
};

/// |w·∂L/∂w| of a dense network, layer by layer; output o, input i of a layer at o·n_in + i. Finite, not negative.
using LinkSaliency = std::vector<std::vector<float>>;

/// What an initialiser that learns from data is given. The models know neither data sets nor Torch: `training`
/// implements it, and whoever draws networks passes it in. Thread-safe; what was computed last is kept, so that asking
/// again costs nothing. Throws InvalidInput for an unknown data set, FileError, ResourceError, Cancelled.
class DataSource {
 public:
  virtual ~DataSource() = default;
  [[nodiscard]] virtual DataInputs inputs_of(const DataChoice& choice) = 0;
  /// Of all training images, raw values in [0, 1].
  [[nodiscard]] virtual std::shared_ptr<const InputCorrelation> input_correlation(const DataChoice& choice,
                                                                                  const TaskControl& control) = 0;
  /// Of the dense network of these layers with the classifier on top, on one batch of training images; the seed chooses
  /// the weights it starts with and the images.
  [[nodiscard]] virtual std::shared_ptr<const LinkSaliency> link_saliency(const DataChoice& choice,
                                                                          const std::vector<NodeIndex>& layer_sizes,
                                                                          std::uint64_t seed,
                                                                          const TaskControl& control) = 0;
};

/// Fetches the data source when it is first needed, since it brings Torch. Throws ResourceError in a build without it.
using DataSourceProvider = std::function<DataSource&()>;

/// Throws InvalidInput, naming the layers to set, unless the first layer is as large as the data's inputs.
void check_first_layer(const std::vector<NodeIndex>& layer_sizes, const DataInputs& data);

}  // namespace dnm
