// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/files/network_files.h"
#include "core/files/tensor_stack.h"
#include "core/network/network.h"
#include "core/support/task_control.h"

namespace dnm {

/// A matrix that a person can choose as a layer.
struct MatrixChoice {
  TensorShape tensor;  ///< a matrix without empty sides
  std::uint64_t nonzero = 0;

  /// The share of its entries that are not zero, in [0, 1].
  [[nodiscard]] double density() const {
    return static_cast<double>(nonzero) / (static_cast<double>(tensor.shape[0]) * static_cast<double>(tensor.shape[1]));
  }
};

/// What can be chosen in a file of many matrices, and what is taken without a choice.
struct TensorChoice {
  std::vector<MatrixChoice> matrices{};    ///< in the file's order; weights beside their masks are not among them
  std::vector<std::string> preselected{};  ///< in the order of the layers; empty: the matrices do not make one chain
};

/// Whether ReadOptions::tensors can name matrices in a file, by its format; also where the first bytes tell that.
[[nodiscard]] bool may_hold_tensors(const std::filesystem::path& path, const ReadOptions& options);

/// Reads all matrices of a file, whose format is that of the options, else of its name, else what its first bytes say.
/// Throws as read_network() does, and FileError for a format whose matrices have no names. O(elements).
[[nodiscard]] TensorChoice tensor_choice(const std::filesystem::path& path, const ReadOptions& options = {},
                                         const TaskControl& control = {});

// For readers of such files.

/// Reads what is not zero in the matrix of this index.
using ReadMatrix = std::function<Mask(std::size_t index, const TaskControl& control)>;

/// stack_tensors(); a refusal also says how dense the matrices are.
[[nodiscard]] TensorStack stack_or_ask(std::span<const TensorShape> tensors, std::span<const std::string> wanted,
                                       const std::filesystem::path& path, const ReadMatrix& read,
                                       const TaskControl& control);

/// The choice among layer_matrices(). `preselected`: what the file says of itself; empty: as stack_tensors() has it.
[[nodiscard]] TensorChoice choice_among(std::span<const TensorShape> tensors, std::vector<std::string> preselected,
                                        const std::filesystem::path& path, const ReadMatrix& read,
                                        const TaskControl& control);

}  // namespace dnm
