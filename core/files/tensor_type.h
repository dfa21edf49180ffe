// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dnm {

/// What the elements of a tensor are: how PyTorch and safetensors call it, and which bit patterns mean zero, one and
/// not a number. Elements are little endian.
struct TensorType {
  std::string_view safetensors;  ///< "F32"
  std::string_view torch;        ///< "float32", of torch.float32
  std::string_view storage;      ///< "Float", of torch.FloatStorage; empty: torch has none
  std::size_t number_bytes;      ///< 1, 2, 4 or 8
  std::size_t numbers = 1;       ///< of an element; 2 of a complex one
  std::uint64_t magnitude = 0;   ///< the bits without the sign; zero is the number that has none of them
  std::uint64_t infinity = 0;    ///< a greater magnitude is not a number
  std::uint64_t one = 1;

  [[nodiscard]] std::size_t bytes() const { return number_bytes * numbers; }
};

/// Null for a name that is not known.
[[nodiscard]] const TensorType* tensor_type_of_safetensors(std::string_view name);
[[nodiscard]] const TensorType* tensor_type_of_torch(std::string_view name);
[[nodiscard]] const TensorType* tensor_type_of_storage(std::string_view name);

}  // namespace dnm
