// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/scipy_matrix.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/files/file_text.h"
#include "core/network/mask_rows.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

constexpr const char* matrix_name = "the matrix";

/// Entries by `row` and `column`, without those of zero weight.
std::vector<Link> cells_of(std::span<const NodeIndex> rows, std::span<const NodeIndex> columns,
                           std::span<const WeightKind> kinds) {
  std::vector<Link> cells;
  cells.reserve(kinds.size());
  for (std::size_t entry = 0; entry < kinds.size(); ++entry) {
    if (kinds[entry] != WeightKind::zero) cells.emplace_back(rows[entry], columns[entry]);
  }
  return cells;
}

/// Removes explicitly stored zeros.
void drop_zeros(Mask& mask, std::span<const WeightKind> kinds) {
  std::size_t kept = 0;
  std::size_t entry = 0;
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (const std::uint64_t end = mask.row_begin[output + 1]; entry < end; ++entry) {
      if (kinds[entry] != WeightKind::zero) mask.columns[kept++] = mask.columns[entry];
    }
    mask.row_begin[output + 1] = kept;
  }
  mask.columns.resize(kept);
}

/// Checks that every index is below the length of its side.
void check_indices(std::span<const NodeIndex> indices, std::uint64_t length, const char* side,
                   const std::filesystem::path& path) {
  const auto beyond = std::find_if(indices.begin(), indices.end(), [&](NodeIndex index) { return index >= length; });
  if (beyond == indices.end()) return;
  fail_reading(path, std::string("the matrix has an entry in ") + side + " " + std::to_string(*beyond) +
                         ", but there are only " + std::to_string(length));
}

/// The weights of an array of any dimensions, in the order in which the last index runs fastest.
struct Weights {
  std::vector<std::uint64_t> shape;
  std::vector<WeightKind> kinds;
};

Weights read_weights(const NpzReader& archive, std::size_t dimensions) {
  NpyArray array = archive.open("data");
  const NpyHeader header = array.header();
  if (header.shape.size() != dimensions) {
    array.fail("has " + std::to_string(header.shape.size()) + " dimensions instead of " + std::to_string(dimensions));
  }
  array.require_room(2 * sizeof(WeightKind));
  Weights weights{header.shape, {}};
  weights.kinds.reserve(array.length());
  array.for_each_weights(
      [&](std::span<const WeightKind> part) { weights.kinds.insert(weights.kinds.end(), part.begin(), part.end()); });
  if (!header.fortran_order || dimensions < 2) return weights;
  std::vector<WeightKind> turned(weights.kinds.size());
  std::vector<std::uint64_t> index(dimensions, 0);
  for (const WeightKind kind : weights.kinds) {
    std::uint64_t place = 0;
    for (std::size_t side = 0; side < dimensions; ++side) place = place * header.shape[side] + index[side];
    turned[place] = kind;
    for (std::size_t side = 0; side < dimensions && ++index[side] == header.shape[side]; ++side) index[side] = 0;
  }
  weights.kinds = std::move(turned);
  return weights;
}

/// Sides of 1 to 2^31, or none at all.
void check_sides(std::uint64_t rows, std::uint64_t columns, const std::string& name,
                 const std::filesystem::path& path) {
  if ((rows == 0) != (columns == 0)) fail_reading(path, name + " has a side without neurons");
  if (rows >= most_neurons || columns >= most_neurons) fail_reading(path, name + " has more than 2^31 neurons");
}

std::vector<WeightKind> read_kinds(const NpzReader& archive, const std::filesystem::path& path, std::size_t entries,
                                   LinkLosses& losses) {
  std::vector<WeightKind> kinds = read_weights(archive, 1).kinds;
  if (kinds.size() != entries) {
    fail_reading(
        path, "the matrix has " + std::to_string(kinds.size()) + " values for " + std::to_string(entries) + " links");
  }
  for (const WeightKind kind : kinds) static_cast<void>(losses.keeps(kind));
  return kinds;
}

/// Dense blocks of one size, in compressed rows of blocks.
std::vector<Link> block_cells(const NpzReader& archive, const std::filesystem::path& path, std::uint64_t rows,
                              std::uint64_t columns, LinkLosses& losses) {
  const Weights blocks = read_weights(archive, 3);
  const std::uint64_t high = blocks.shape[1];
  const std::uint64_t wide = blocks.shape[2];
  if (high == 0 || wide == 0 || rows % high != 0 || columns % wide != 0) {
    fail_reading(path, "its blocks of " + std::to_string(high) + " × " + std::to_string(wide) +
                           " do not fit its matrix of " + std::to_string(rows) + " × " + std::to_string(columns));
  }
  const Mask places = stored_rows(archive, path, "", matrix_name, rows / high, columns / wide);
  check_indices(places.columns, columns / wide, "block column", path);
  if (blocks.shape[0] != places.columns.size()) {
    fail_reading(path, "the matrix has " + std::to_string(blocks.shape[0]) + " blocks for " +
                           std::to_string(places.columns.size()) + " places");
  }
  std::vector<Link> cells;
  const WeightKind* kind = blocks.kinds.data();
  for (std::uint64_t row = 0; row < places.n_out; ++row) {
    for (const std::uint64_t column : places.row(static_cast<NodeIndex>(row))) {
      for (std::uint64_t y = 0; y < high; ++y) {
        for (std::uint64_t x = 0; x < wide; ++x) {
          if (losses.keeps(*kind++))
            add_link(cells, static_cast<NodeIndex>(row * high + y), static_cast<NodeIndex>(column * wide + x), path);
        }
      }
    }
  }
  return cells;
}

/// Diagonals: data[k, column] is the entry of the column in the diagonal that begins offsets[k] right of the main one.
std::vector<Link> diagonal_cells(const NpzReader& archive, const std::filesystem::path& path, std::uint64_t rows,
                                 std::uint64_t columns, LinkLosses& losses) {
  const Weights diagonals = read_weights(archive, 2);
  const std::vector<std::int64_t> offsets =
      archive.open("offsets").integers<std::int64_t>(-(std::int64_t{1} << 62), std::uint64_t{1} << 62);
  if (offsets.size() != diagonals.shape[0]) {
    fail_reading(path, "the matrix has " + std::to_string(diagonals.shape[0]) + " diagonals for " +
                           std::to_string(offsets.size()) + " offsets");
  }
  std::vector<Link> cells;
  const std::uint64_t length = diagonals.shape[1];
  const auto height = static_cast<std::int64_t>(rows);
  for (std::size_t k = 0; k < offsets.size(); ++k) {
    if (offsets[k] <= -height || offsets[k] >= static_cast<std::int64_t>(columns)) continue;
    for (std::uint64_t column = 0; column < std::min(length, columns); ++column) {
      const std::int64_t row = static_cast<std::int64_t>(column) - offsets[k];
      if (row < 0 || row >= height) continue;
      if (losses.keeps(diagonals.kinds[k * length + column])) {
        add_link(cells, static_cast<NodeIndex>(row), static_cast<NodeIndex>(column), path);
      }
    }
  }
  return cells;
}

}  // namespace

std::pair<std::uint64_t, std::uint64_t> stored_shape(const NpzReader& archive, const std::filesystem::path& path,
                                                     const std::string& prefix, const std::string& name) {
  const std::vector<std::uint64_t> shape = archive.counts(prefix + "shape");
  if (shape.size() != 2) fail_reading(path, "the shape of " + name + " is not a pair of numbers");
  check_sides(shape[0], shape[1], name, path);
  return {shape[0], shape[1]};
}

Mask stored_rows(const NpzReader& archive, const std::filesystem::path& path, const std::string& prefix,
                 const std::string& name, std::uint64_t rows, std::uint64_t columns) {
  Mask mask{static_cast<NodeIndex>(columns), static_cast<NodeIndex>(rows), archive.counts(prefix + "indptr"),
            archive.indices(prefix + "indices")};
  const auto& begin = mask.row_begin;
  if (begin.size() != rows + 1) {
    fail_reading(path, name + " has " + std::to_string(begin.size()) + " row offsets for " + std::to_string(rows) +
                           " output neurons");
  }
  if (begin.front() != 0 || begin.back() != mask.columns.size() || !std::is_sorted(begin.begin(), begin.end())) {
    fail_reading(path,
                 "the row offsets of " + name + " do not fit its " + std::to_string(mask.columns.size()) + " links");
  }
  return mask;
}

Mask read_scipy_matrix(const NpzReader& archive, const std::filesystem::path& path, LinkLosses& losses) {
  const std::string format = archive.text("format");
  const auto [rows, columns] = stored_shape(archive, path, "", matrix_name);
  const auto n_out = static_cast<NodeIndex>(rows);
  const auto n_in = static_cast<NodeIndex>(columns);
  if (format == "csr") {
    Mask mask = stored_rows(archive, path, "", matrix_name, rows, columns);
    check_indices(mask.columns, columns, "column", path);
    drop_zeros(mask, read_kinds(archive, path, mask.columns.size(), losses));
    losses.doubles += sort_rows(mask);
    return mask;
  }
  if (format == "csc") {
    const Mask stored = stored_rows(archive, path, "", matrix_name, columns, rows);
    check_indices(stored.columns, rows, "row", path);
    require_room_for(rows, path);
    std::vector<NodeIndex> column_of(stored.columns.size());
    for (NodeIndex column = 0; column < stored.n_out; ++column) {
      std::fill(column_of.begin() + static_cast<std::ptrdiff_t>(stored.row_begin[column]),
                column_of.begin() + static_cast<std::ptrdiff_t>(stored.row_begin[column + 1]), column);
    }
    const auto kinds = read_kinds(archive, path, stored.columns.size(), losses);
    return mask_of_cells(n_in, n_out, cells_of(stored.columns, column_of, kinds), losses.doubles);
  }
  if (format == "coo") {
    const std::vector<NodeIndex> row_of = archive.indices("row");
    const std::vector<NodeIndex> column_of = archive.indices("col");
    if (row_of.size() != column_of.size()) {
      fail_reading(path, "the matrix has " + std::to_string(row_of.size()) + " row numbers and " +
                             std::to_string(column_of.size()) + " column numbers");
    }
    check_indices(row_of, rows, "row", path);
    check_indices(column_of, columns, "column", path);
    require_room_for(rows, path);
    const auto kinds = read_kinds(archive, path, row_of.size(), losses);
    return mask_of_cells(n_in, n_out, cells_of(row_of, column_of, kinds), losses.doubles);
  }
  if (format == "bsr" || format == "dia") {
    require_room_for(rows + columns, path);
    const auto cells = format == "bsr" ? block_cells(archive, path, rows, columns, losses)
                                       : diagonal_cells(archive, path, rows, columns, losses);
    return mask_of_cells(n_in, n_out, cells, losses.doubles);
  }
  fail_reading(path, "it holds a matrix in SciPy's format " + in_quotes(format) + "; save it with matrix.tocsr()");
}

Mask read_dense_matrix(NpyArray array, bool turned, LinkLosses& losses, const TaskControl& control) {
  const std::vector<std::uint64_t> shape = array.header().shape;
  if (shape.size() != 2) {
    array.fail("has " + std::to_string(shape.size()) + (shape.size() == 1 ? " dimension" : " dimensions") +
               "; a matrix of two is needed, a row per output neuron and a column per input neuron");
  }
  if ((shape[0] == 0) != (shape[1] == 0)) array.fail("has a side without neurons");
  if (shape[0] + shape[1] >= most_neurons || std::max(shape[0], shape[1]) >= most_neurons)
    array.fail("has more than 2^31 neurons");
  // The stored rows: those of the matrix, or in Fortran's order its columns.
  const bool by_columns = array.header().fortran_order;
  const auto rows = static_cast<NodeIndex>(shape[by_columns ? 1 : 0]);
  const auto columns = static_cast<NodeIndex>(shape[by_columns ? 0 : 1]);
  require_room_for(std::uint64_t{rows} + columns, array.name());
  Mask stored{columns, rows, {}, {}};
  stored.row_begin.reserve(std::size_t{rows} + 1);
  stored.row_begin.push_back(0);
  NodeIndex column = 0;
  std::uint64_t read = 0;
  array.for_each_weights([&](std::span<const WeightKind> part) {
    control.check();
    read += part.size();
    control.report(static_cast<double>(read) / static_cast<double>(array.length()));
    for (const WeightKind kind : part) {
      if (losses.keeps(kind)) {
        if (stored.columns.size() == stored.columns.capacity() && stored.columns.size() >= memory_check_threshold) {
          require_memory(4 * sizeof(NodeIndex) * stored.columns.size(), array.name());
        }
        stored.columns.push_back(column);
      }
      if (++column < columns) continue;
      column = 0;
      stored.row_begin.push_back(stored.columns.size());
    }
  });
  return by_columns == turned ? stored : transposed(stored);
}

}  // namespace dnm
