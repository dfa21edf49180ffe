// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/sparse_index.h"

#include <limits>
#include <numeric>
#include <string>

#include "core/support/error.h"

namespace dnm {

SparseIndex::SparseIndex(const Mask& mask) : n_in_(mask.n_in), n_out_(mask.n_out) {
  if (mask.link_count() > std::numeric_limits<std::uint32_t>::max()) {
    throw ResourceError("a layer of " + std::to_string(mask.link_count()) +
                        " links is more than the sparse engine can number (2^32); raise the sparsity");
  }
  row_begin_.assign(mask.row_begin.begin(), mask.row_begin.end());
  column_.assign(mask.columns.begin(), mask.columns.end());
  row_.resize(column_.size());
  for (std::uint32_t output = 0; output < n_out_; ++output) {
    for (std::uint32_t link = row_begin_[output]; link < row_begin_[output + 1]; ++link) row_[link] = output;
  }
  // A counting sort by input; rows are in rising order, since links are visited by row.
  column_begin_.assign(std::size_t{n_in_} + 1, 0);
  for (const std::uint32_t input : column_) ++column_begin_[input + 1];
  std::partial_sum(column_begin_.begin(), column_begin_.end(), column_begin_.begin());
  by_column_row_.resize(column_.size());
  by_column_link_.resize(column_.size());
  AlignedVector<std::uint32_t> next(column_begin_.begin(), column_begin_.end() - 1);
  for (std::uint32_t link = 0; link < links(); ++link) {
    const std::uint32_t place = next[column_[link]]++;
    by_column_row_[place] = row_[link];
    by_column_link_[place] = link;
  }
}

LinkIndex SparseIndex::view() const {
  return {n_in_,
          n_out_,
          links(),
          row_begin_.data(),
          column_.data(),
          row_.data(),
          column_begin_.data(),
          by_column_row_.data(),
          by_column_link_.data()};
}

Mask full_mask(NodeIndex n_in, NodeIndex n_out) {
  Mask mask{n_in, n_out, {}, {}};
  mask.row_begin.reserve(std::size_t{n_out} + 1);
  mask.columns.reserve(std::size_t{n_in} * n_out);
  mask.row_begin.push_back(0);
  for (NodeIndex output = 0; output < n_out; ++output) {
    for (NodeIndex input = 0; input < n_in; ++input) mask.columns.push_back(input);
    mask.row_begin.push_back(mask.columns.size());
  }
  return mask;
}

}  // namespace dnm
