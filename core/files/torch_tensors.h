// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/files/pickle.h"
#include "core/files/tensor_file.h"
#include "core/files/torch_file.h"
#include "core/support/task_control.h"

namespace dnm {

// What the pickled data of a file of PyTorch say of its tensors, whatever the file keeps their elements in.

/// What to save instead of an object that cannot be read.
inline constexpr std::string_view state_dict_remedy =
    "save the tensors alone, with torch.save(model.state_dict(), \"model.pt\")";

/// Whether a global is one that PyTorch puts tensors together with, or makes plain data that are often saved beside
/// them.
[[nodiscard]] bool is_torch_global(std::string_view global);

/// What the pickled data say of a storage.
struct TorchStorage {
  std::string key;
  const TensorType* type = nullptr;  ///< null: plain bytes
  std::uint64_t bytes = 0;
};

struct TorchTensors {
  std::vector<StoredTensor> tensors{};   ///< in the order in which they are met
  std::vector<TorchStorage> storages{};  ///< by the numbers that the tensors have
  std::vector<CheckpointLayer> checkpoint{};
  std::vector<std::string> notices{};
};

/// The tensors in a pickle whose globals are those of is_torch_global(); see open_torch_file() on which are taken.
/// Whether they lie in their storages is not checked. Throws FileError with the path, Cancelled.
[[nodiscard]] TorchTensors find_torch_tensors(const Pickle& pickle, const std::filesystem::path& path,
                                              const TaskControl& control);

}  // namespace dnm
