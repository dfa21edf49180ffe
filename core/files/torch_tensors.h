// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/files/pickle.h"
#include "core/files/tensor_file.h"
#include "core/files/torch_file.h"
#include "core/support/task_control.h"

namespace dnm {

// The tensors in what PyTorch has pickled; where their elements are stored is for torch_file.cpp.

/// What a file is to do instead that holds more than tensors.
inline constexpr std::string_view state_dict_remedy =
    "save the tensors alone, with torch.save(model.state_dict(), \"model.pt\")";

/// Whether a global is one of those that PyTorch puts tensors together with, or of plain data that are often saved
/// beside them.
[[nodiscard]] bool is_of_torch(std::string_view global);

/// What the pickled data say of a storage.
struct TorchStorage {
  std::string key;
  const TensorType* type = nullptr;  ///< null: plain bytes
  std::uint64_t bytes = 0;
};

/// Finds the tensors. Nothing has compared them with the sizes of their storages.
class TorchTensors {
 public:
  /// Throws FileError for data that PyTorch does not write, and for a pickle without tensors; Cancelled.
  TorchTensors(const std::filesystem::path& path, const Pickle& pickle, const TaskControl& control);
  TorchTensors(TorchTensors&&) noexcept;
  ~TorchTensors();

  /// As in TensorFile and TorchFile.
  [[nodiscard]] const std::vector<StoredTensor>& tensors() const;
  [[nodiscard]] const std::vector<CheckpointLayer>& checkpoint() const;
  [[nodiscard]] const std::vector<std::string>& notices() const;
  /// All in the pickle; StoredTensor::storage counts them.
  [[nodiscard]] const std::vector<TorchStorage>& storages() const;
  /// The tensor that a value of the pickle is, if it is one. Throws FileError.
  [[nodiscard]] std::optional<StoredTensor> tensor_of(const PickleValue& value) const;

 private:
  class Walk;
  std::unique_ptr<Walk> walk_;
};

}  // namespace dnm
