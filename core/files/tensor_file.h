// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/files/tensor_stack.h"
#include "core/files/tensor_type.h"
#include "core/network/network.h"
#include "core/support/task_control.h"

namespace dnm {

struct LinkLosses;

/// How a tensor stores its elements: all of them, or those of a matrix that are not zero.
enum class TensorLayout : std::uint8_t {
  strided,
  coordinates,         ///< indices: a tensor of rows and columns (2 × entries)
  compressed_rows,     ///< indices: row offsets (rows + 1), columns (entries)
  compressed_columns,  ///< indices: column offsets (columns + 1), rows (entries)
};

/// A tensor of a file, and where its elements are.
struct StoredTensor {
  std::string name{};
  std::vector<std::uint64_t> shape{};
  TensorLayout layout = TensorLayout::strided;
  // Of a strided tensor; strides and offset count elements.
  const TensorType* type = nullptr;
  std::vector<std::uint64_t> strides{};
  std::uint64_t offset = 0;
  std::size_t storage = 0;
  // Of the others: strided tensors.
  std::vector<StoredTensor> indices{};
  std::vector<StoredTensor> values{};  ///< one, of a value per entry; or none: every entry counts
};

/// A file of named tensors of any size, of which one storage is in memory at a time.
class TensorFile {
 public:
  TensorFile() = default;
  TensorFile(const TensorFile&) = delete;
  TensorFile& operator=(const TensorFile&) = delete;
  virtual ~TensorFile() = default;

  [[nodiscard]] virtual const std::filesystem::path& path() const = 0;
  /// In the file's order; names are distinct, and every element lies in its storage.
  [[nodiscard]] virtual const std::vector<StoredTensor>& tensors() const = 0;
  /// What the file says of itself, key by key; may be empty.
  [[nodiscard]] virtual const std::map<std::string, std::string>& metadata() const = 0;
  /// The bytes of a storage, at most as many as the file has. Throws FileError, ResourceError.
  [[nodiscard]] virtual std::string storage(std::size_t storage) const = 0;
};

/// Elements in all; nothing for 2^63 and more.
[[nodiscard]] std::optional<std::uint64_t> element_count(std::span<const std::uint64_t> shape);
/// The strides of a tensor whose last index runs fastest.
[[nodiscard]] std::vector<std::uint64_t> contiguous_strides(std::span<const std::uint64_t> shape);
/// Throws FileError unless every element of a strided tensor lies in a storage of so many bytes, and none is there
/// twice (an expanded tensor can have more elements than any machine can count).
void check_in_storage(const StoredTensor& tensor, std::uint64_t bytes, const std::filesystem::path& path);

/// Names and shapes, for stack_tensors().
[[nodiscard]] std::vector<TensorShape> shapes_of(std::span<const StoredTensor> tensors);

/// The cells of a matrix that are not zero; NaN is not. A row per output, or with `transposed` a row per column of the
/// matrix. `losses` notes weights other than 1, NaN, and repeated entries. Throws FileError, ResourceError, Cancelled.
/// O(elements), and O(entries · log entries per row) for entries that are not strided.
[[nodiscard]] Mask nonzero_cells(const TensorFile& file, const StoredTensor& matrix, bool transposed,
                                 LinkLosses& losses, const TaskControl& control = {});

/// The elements of a strided tensor of integers, each at least 0. Throws FileError, ResourceError.
[[nodiscard]] std::vector<std::uint64_t> integers_of(const TensorFile& file, const StoredTensor& tensor);
/// The elements of a strided tensor of this type of numbers: float, double or std::int64_t. Throws FileError,
/// ResourceError.
template <class T>
[[nodiscard]] std::vector<T> numbers_of(const TensorFile& file, const StoredTensor& tensor);
extern template std::vector<float> numbers_of(const TensorFile&, const StoredTensor&);
extern template std::vector<double> numbers_of(const TensorFile&, const StoredTensor&);
extern template std::vector<std::int64_t> numbers_of(const TensorFile&, const StoredTensor&);

}  // namespace dnm
