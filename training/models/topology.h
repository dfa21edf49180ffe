// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "training/layers/head_blocks.h"
#include "training/layers/named_mask.h"

namespace dnm {

/// The masks of a model by name, in the order of its forward pass.
struct Topology {
  std::vector<NamedMask> layers;
  /// Places in `layers` of matrices that stand one behind the other: the outputs of each are the inputs of the next.
  std::vector<std::vector<std::size_t>> chains;
  /// Pairs of places whose matrices act together: output i of one counts through output i of the other alone, as those
  /// of queries and keys do.
  std::vector<std::array<std::size_t, 2>> pairs{};
  std::vector<HeadBlocks> heads{};  ///< of each layer; empty: none has any
  bool operator==(const Topology&) const = default;

  /// Places of the layers that are not dense: those that a rule may rewire.
  [[nodiscard]] std::vector<std::size_t> sparse_layers() const;
  /// Links of the layers that are not dense.
  [[nodiscard]] std::uint64_t sparse_links() const;
  /// Links of all layers.
  [[nodiscard]] std::uint64_t links() const;
};

}  // namespace dnm
