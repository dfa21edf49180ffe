// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/tensor_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/files/file_text.h"
#include "core/files/network_builder.h"
#include "core/network/mask_rows.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

static_assert(std::endian::native == std::endian::little, "tensors are read and written in the machine's byte order");

constexpr std::uint64_t elements_between_looks = std::uint64_t{1} << 20;

[[noreturn]] void fail_tensor(const std::filesystem::path& path, const StoredTensor& tensor, const std::string& why) {
  fail_reading(path, "its tensor " + in_quotes(tensor.name) + " " + why);
}

/// a * b, unless it is 2^63 or more.
std::optional<std::uint64_t> product(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t largest = (std::uint64_t{1} << 63) - 1;
  if (b != 0 && a > largest / b) return std::nullopt;
  return a * b;
}

std::uint64_t bits_at(const char* at, std::size_t bytes) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, at, bytes);
  return bits;
}

template <std::size_t bytes>
WeightKind kind_of(const TensorType& type, const char* at) {
  WeightKind kind = WeightKind::zero;
  for (std::size_t i = 0; i < type.numbers; ++i) {
    const std::uint64_t bits = bits_at(at + i * bytes, bytes);
    const std::uint64_t magnitude = bits & type.magnitude;
    if (magnitude > type.infinity) return WeightKind::unknown;
    if (magnitude == 0) continue;
    kind = bits == type.one && i == 0 ? WeightKind::one : WeightKind::other;
  }
  return kind;
}

/// Calls call.template operator()<bytes>() with the size of the type's numbers.
template <class Call>
void with_size(const TensorType& type, const Call& call) {
  switch (type.number_bytes) {
    case 1:
      return call.template operator()<1>();
    case 2:
      return call.template operator()<2>();
    case 4:
      return call.template operator()<4>();
    default:
      return call.template operator()<8>();
  }
}

/// Sides of a matrix as node numbers.
std::pair<NodeIndex, NodeIndex> sides_of(const TensorFile& file, const StoredTensor& matrix) {
  if (matrix.shape.size() != 2) fail_tensor(file.path(), matrix, "is not a matrix");
  for (const std::uint64_t side : matrix.shape) {
    if (side >= most_neurons) fail_tensor(file.path(), matrix, "has more than 2^31 neurons on a side");
  }
  return {static_cast<NodeIndex>(matrix.shape[0]), static_cast<NodeIndex>(matrix.shape[1])};
}

Mask strided_cells(const TensorFile& file, const StoredTensor& matrix, bool transposed, LinkLosses& losses,
                   const TaskControl& control) {
  const auto [rows, columns] = sides_of(file, matrix);
  // One without columns has no elements, but may have any number of rows.
  require_room_for(std::uint64_t{rows} + columns, file.path());
  const std::string bytes = file.storage(matrix.storage);
  const TensorType& type = *matrix.type;
  const std::size_t size = type.bytes();
  const std::size_t row_step = matrix.strides[transposed ? 1 : 0] * size;
  const std::size_t column_step = matrix.strides[transposed ? 0 : 1] * size;
  Mask mask{transposed ? rows : columns, transposed ? columns : rows, {}, {}};
  mask.row_begin.assign(std::size_t{mask.n_out} + 1, 0);
  with_size(type, [&]<std::size_t number_bytes>() {
    const auto for_each = [&](double done_before, const auto& take) {
      std::uint64_t until_look = 0;
      for (NodeIndex output = 0; output < mask.n_out; ++output) {
        const char* at = bytes.data() + matrix.offset * size + output * row_step;
        for (NodeIndex input = 0; input < mask.n_in; ++input, at += column_step) {
          take(output, input, kind_of<number_bytes>(type, at));
        }
        if (until_look <= mask.n_in) {
          control.check();
          control.report(done_before + 0.5 * output / mask.n_out);
          until_look = elements_between_looks;
        } else {
          until_look -= mask.n_in;
        }
      }
    };
    for_each(0.0, [&](NodeIndex output, NodeIndex, WeightKind kind) {
      mask.row_begin[std::size_t{output} + 1] += losses.keeps(kind) ? 1U : 0U;
    });
    for (std::size_t row = 0; row < mask.n_out; ++row) mask.row_begin[row + 1] += mask.row_begin[row];
    if (mask.row_begin.back() > memory_check_threshold) {
      require_memory(mask.row_begin.back() * sizeof(NodeIndex), "the links in " + file.path().string());
    }
    mask.columns.reserve(mask.row_begin.back());
    for_each(0.5, [&](NodeIndex, NodeIndex input, WeightKind kind) {
      if (kind != WeightKind::zero) mask.columns.push_back(input);
    });
  });
  return mask;
}

/// Calls take(position of the element's first byte) for each element, the last index fastest.
template <class Take>
void for_each_element(const StoredTensor& tensor, const Take& take) {
  const std::size_t size = tensor.type->bytes();
  const std::uint64_t count = element_count(tensor.shape).value_or(0);
  std::vector<std::uint64_t> place(tensor.shape.size(), 0);
  std::uint64_t element = tensor.offset;
  for (std::uint64_t done = 0; done < count; ++done) {
    take(element * size);
    for (std::size_t axis = place.size(); axis-- > 0;) {
      element += tensor.strides[axis];
      if (++place[axis] < tensor.shape[axis]) break;
      element -= tensor.strides[axis] * tensor.shape[axis];
      place[axis] = 0;
    }
  }
}

/// Throws FileError unless the part of a sparse matrix is strided and of this shape.
const StoredTensor& checked_part(const TensorFile& file, const StoredTensor& matrix, const StoredTensor& part,
                                 const std::vector<std::uint64_t>& shape) {
  if (part.layout != TensorLayout::strided || part.shape != shape) {
    fail_tensor(file.path(), matrix, "is sparse, and its indices and values do not fit each other");
  }
  return part;
}

/// Rows and columns of the entries of a matrix that is not strided, each in its range.
std::array<std::vector<std::uint64_t>, 2> entries_of(const TensorFile& file, const StoredTensor& matrix) {
  const bool is_list = matrix.layout == TensorLayout::coordinates;
  const auto& last_shape = matrix.indices.back().shape;
  if (matrix.indices.size() != (is_list ? 1 : 2) || last_shape.size() != (is_list ? 2 : 1)) {
    fail_tensor(file.path(), matrix, "is sparse, and its indices are not those of a matrix");
  }
  const std::uint64_t entries = last_shape.back();
  // Numbers of both sides, and the links that they become.
  if (entries > memory_check_threshold) require_memory(36 * entries, "the links in " + file.path().string());
  std::array<std::vector<std::uint64_t>, 2> indices;
  if (is_list) {
    indices[0] = integers_of(file, checked_part(file, matrix, matrix.indices[0], {2, entries}));
    const auto half = indices[0].begin() + static_cast<std::ptrdiff_t>(entries);
    indices[1].assign(half, indices[0].end());
    indices[0].erase(half, indices[0].end());
  } else {
    const std::size_t major = matrix.layout == TensorLayout::compressed_rows ? 0 : 1;
    const auto begin = integers_of(file, checked_part(file, matrix, matrix.indices[0], {matrix.shape[major] + 1}));
    indices[1 - major] = integers_of(file, checked_part(file, matrix, matrix.indices[1], {entries}));
    if (begin.front() != 0 || begin.back() != entries || !std::ranges::is_sorted(begin)) {
      fail_tensor(file.path(), matrix, "is sparse, and its offsets do not fit its indices");
    }
    indices[major].reserve(entries);
    for (std::size_t line = 0; line + 1 < begin.size(); ++line) indices[major].resize(begin[line + 1], line);
  }
  for (std::size_t side = 0; side < 2; ++side) {
    const auto beyond = std::ranges::find_if(indices[side], [&](auto index) { return index >= matrix.shape[side]; });
    if (beyond == indices[side].end()) continue;
    fail_tensor(file.path(), matrix,
                std::string("has an entry in ") + (side == 0 ? "row " : "column ") + std::to_string(*beyond) +
                    ", but there are only " + std::to_string(matrix.shape[side]));
  }
  return indices;
}

Mask sparse_cells(const TensorFile& file, const StoredTensor& matrix, bool transposed, LinkLosses& losses) {
  const auto [rows, columns] = sides_of(file, matrix);
  require_room_for(std::uint64_t{rows} + columns, file.path());
  const auto indices = entries_of(file, matrix);
  const std::uint64_t entries = indices[0].size();
  std::vector<Link> cells;
  cells.reserve(entries);
  const auto add = [&](std::uint64_t entry) {
    const auto row = static_cast<NodeIndex>(indices[0][entry]);
    const auto column = static_cast<NodeIndex>(indices[1][entry]);
    cells.emplace_back(transposed ? column : row, transposed ? row : column);
  };
  if (matrix.values.empty()) {
    for (std::uint64_t entry = 0; entry < entries; ++entry) add(entry);
  } else {
    const StoredTensor& values = checked_part(file, matrix, matrix.values.front(), {entries});
    const std::string bytes = file.storage(values.storage);
    with_size(*values.type, [&]<std::size_t number_bytes>() {
      std::uint64_t entry = 0;
      for_each_element(values, [&](std::uint64_t at) {
        const WeightKind kind = kind_of<number_bytes>(*values.type, bytes.data() + at);
        if (losses.keeps(kind)) add(entry);
        ++entry;
      });
    });
  }
  return mask_of_cells(transposed ? rows : columns, transposed ? columns : rows, cells, losses.doubles);
}

}  // namespace

std::optional<std::uint64_t> element_count(std::span<const std::uint64_t> shape) {
  // A tensor without elements has none, whatever its other sides.
  if (std::ranges::find(shape, std::uint64_t{0}) != shape.end()) return 0;
  std::optional<std::uint64_t> count = 1;
  for (const std::uint64_t side : shape) {
    if (count) count = product(*count, side);
  }
  return count;
}

std::vector<std::uint64_t> contiguous_strides(std::span<const std::uint64_t> shape) {
  std::vector<std::uint64_t> strides(shape.size(), 1);
  for (std::size_t axis = shape.size(); axis-- > 1;) strides[axis - 1] = strides[axis] * shape[axis];
  return strides;
}

void check_in_storage(const StoredTensor& tensor, std::uint64_t bytes, const std::filesystem::path& path) {
  const std::uint64_t stored = bytes / tensor.type->bytes();
  const auto count = element_count(tensor.shape);
  if (!count || *count > stored) fail_tensor(path, tensor, "has more elements than the file holds for it");
  if (*count == 0) return;
  std::uint64_t last = tensor.offset;
  bool inside = last < stored;
  for (std::size_t axis = 0; axis < tensor.shape.size() && inside; ++axis) {
    const auto reach = product(tensor.shape[axis] - 1, tensor.strides[axis]);
    inside = reach && *reach < stored - last;
    if (inside) last += *reach;
  }
  if (!inside) fail_tensor(path, tensor, "reaches beyond what the file holds for it");
}

std::vector<TensorShape> shapes_of(std::span<const StoredTensor> tensors) {
  std::vector<TensorShape> shapes;
  shapes.reserve(tensors.size());
  for (const StoredTensor& tensor : tensors) shapes.push_back({tensor.name, tensor.shape});
  return shapes;
}

Mask nonzero_cells(const TensorFile& file, const StoredTensor& matrix, bool transposed, LinkLosses& losses,
                   const TaskControl& control) {
  control.check();
  if (matrix.layout == TensorLayout::strided) return strided_cells(file, matrix, transposed, losses, control);
  return sparse_cells(file, matrix, transposed, losses);
}

std::vector<std::uint64_t> integers_of(const TensorFile& file, const StoredTensor& tensor) {
  if (tensor.layout != TensorLayout::strided) fail_tensor(file.path(), tensor, "is sparse, but must be a list");
  const TensorType& type = *tensor.type;
  const bool is_signed = type.safetensors.starts_with('I');
  if (!is_signed && !type.safetensors.starts_with('U')) {
    fail_tensor(file.path(), tensor, "is of type " + std::string(type.torch) + ", but must be of integers");
  }
  const std::string bytes = file.storage(tensor.storage);
  std::vector<std::uint64_t> numbers;
  numbers.reserve(element_count(tensor.shape).value_or(0));
  const std::uint64_t sign = is_signed ? std::uint64_t{1} << (8 * type.number_bytes - 1) : 0;
  for_each_element(tensor, [&](std::uint64_t at) {
    numbers.push_back(bits_at(bytes.data() + at, type.number_bytes));
    if ((numbers.back() & sign) != 0) fail_tensor(file.path(), tensor, "holds a negative index");
  });
  return numbers;
}

template <class T>
std::vector<T> numbers_of(const TensorFile& file, const StoredTensor& tensor) {
  const bool is_real = std::is_floating_point_v<T>;
  const std::string type = (is_real ? "F" : "I") + std::to_string(8 * sizeof(T));
  if (tensor.layout != TensorLayout::strided || tensor.type->safetensors != type) {
    fail_tensor(file.path(), tensor, "must be of " + std::string(is_real ? "float" : "int") + type.substr(1));
  }
  const std::string bytes = file.storage(tensor.storage);
  std::vector<T> numbers;
  numbers.reserve(element_count(tensor.shape).value_or(0));
  for_each_element(tensor,
                   [&](std::uint64_t at) { std::memcpy(&numbers.emplace_back(), bytes.data() + at, sizeof(T)); });
  return numbers;
}
template std::vector<float> numbers_of(const TensorFile&, const StoredTensor&);
template std::vector<double> numbers_of(const TensorFile&, const StoredTensor&);
template std::vector<std::int64_t> numbers_of(const TensorFile&, const StoredTensor&);

}  // namespace dnm
