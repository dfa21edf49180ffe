// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/scipy_matrix.h"

#include <algorithm>
#include <vector>

#include "core/files/file_text.h"
#include "core/network/mask_rows.h"

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

std::vector<WeightKind> read_kinds(const NpzReader& archive, const std::filesystem::path& path, std::size_t entries,
                                   LinkLosses& losses) {
  std::vector<WeightKind> kinds = archive.weight_kinds("data");
  if (kinds.size() != entries) {
    fail_reading(
        path, "the matrix has " + std::to_string(kinds.size()) + " values for " + std::to_string(entries) + " links");
  }
  losses.weights |= std::find(kinds.begin(), kinds.end(), WeightKind::other) != kinds.end();
  return kinds;
}

}  // namespace

std::pair<std::uint64_t, std::uint64_t> stored_shape(const NpzReader& archive, const std::filesystem::path& path,
                                                     const std::string& prefix, const std::string& name) {
  const std::vector<std::uint64_t> shape = archive.counts(prefix + "shape");
  if (shape.size() != 2) fail_reading(path, "the shape of " + name + " is not a pair of numbers");
  if (shape[0] == 0 || shape[1] == 0) fail_reading(path, name + " has a side without neurons");
  if (shape[0] >= most_neurons || shape[1] >= most_neurons) fail_reading(path, name + " has more than 2^31 neurons");
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
  fail_reading(path, "it holds a matrix in SciPy's format " + in_quotes(format) + "; save it with matrix.tocsr()");
}

}  // namespace dnm
