// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/files/pickle.h"
#include "core/files/tensor_file.h"
#include "core/support/task_control.h"

namespace dnm {

/// A layer of a checkpoint of this program.
struct CheckpointLayer {
  std::string name;      ///< "layer1", "classifier"
  StoredTensor mask;     ///< outputs × inputs, by compressed rows, without values
  bool dense = false;    ///< joins every pair, and belongs to the model rather than to the network
  StoredTensor weights;  ///< a value per link, in the mask's order
  StoredTensor biases;   ///< a value per output neuron
};

/// A file that torch.save wrote: the tensors of a state_dict, or of any nesting of dictionaries, lists and tuples.
class TorchFile : public TensorFile {
 public:
  /// The layers of a checkpoint of this program, in order; empty for any other file. Its tensors are their masks, named
  /// as the weights are.
  [[nodiscard]] virtual const std::vector<CheckpointLayer>& checkpoint() const = 0;
  /// One sentence for each kind of content that is left aside.
  [[nodiscard]] virtual const std::vector<std::string>& notices() const = 0;
  /// All that the file holds; lives as long as this object.
  [[nodiscard]] virtual const PickleValue& value() const = 0;
  /// The tensor that a value in it is, within its storage; nothing for another value. Throws FileError.
  [[nodiscard]] virtual std::optional<StoredTensor> tensor_of(const PickleValue& value) const = 0;
};

/// The value in what TorchScript writes around lists and dictionaries to tell their types.
[[nodiscard]] const PickleValue& plain_value(const PickleValue& value);

/// Reads what a file of torch.save or torch.jit.save (a zip archive since PyTorch 1.6, one stream before) says of its
/// tensors. No code in it is run: of what Python would call only how PyTorch puts tensors together is understood. A
/// state_dict that lies in a checkpoint beside other things ("model", "state_dict") is taken alone, and "module." or
/// "_orig_mod." before all names is left out. Throws FileError for a file that needs more (a whole model), naming what
/// it would call, and for one that is truncated or damaged; ResourceError; Cancelled.
[[nodiscard]] std::unique_ptr<TorchFile> open_torch_file(const std::filesystem::path& path,
                                                         const TaskControl& control = {});

}  // namespace dnm
