// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/network/network.h"
#include "training/kernels/aligned_vector.h"
#include "training/kernels/sparse_kernels.h"

namespace dnm {

/// The links of one layer in both orders, as the kernels traverse them (see LinkIndex): 20 bytes per link.
class SparseIndex {
 public:
  SparseIndex() = default;
  /// O(links + neurons). Throws ResourceError for 2^32 links or more.
  explicit SparseIndex(const Mask& mask);

  /// Valid as long as this object lives and is not assigned to.
  [[nodiscard]] LinkIndex view() const;
  [[nodiscard]] std::uint32_t n_in() const { return n_in_; }
  [[nodiscard]] std::uint32_t n_out() const { return n_out_; }
  [[nodiscard]] std::uint32_t links() const { return static_cast<std::uint32_t>(column_.size()); }

 private:
  std::uint32_t n_in_ = 0;
  std::uint32_t n_out_ = 0;
  AlignedVector<std::uint32_t> row_begin_;
  AlignedVector<std::uint32_t> column_;
  AlignedVector<std::uint32_t> row_;
  AlignedVector<std::uint32_t> column_begin_;
  AlignedVector<std::uint32_t> by_column_row_;
  AlignedVector<std::uint32_t> by_column_link_;
};

/// The mask with every link: the dense classifier as a layer of the same kind.
[[nodiscard]] Mask full_mask(NodeIndex n_in, NodeIndex n_out);

}  // namespace dnm
