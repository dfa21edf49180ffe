// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/network/network.h"

namespace dnm {

/// The cells of some layers that have ever had a link.
class ExploredCells {
 public:
  /// Before the first update.
  explicit ExploredCells(std::span<const Mask> start) : ever_(start.begin(), start.end()) {}
  /// After an update, of the same layers. O(links ever).
  void add(std::span<const Mask> now);
  /// In-time over-parametrisation rate (ITOP; Liu et al., ICML 2021, arXiv:2102.02887): explored cells over all cells,
  /// of one layer, and of all together. 0 of no cells.
  [[nodiscard]] double rate(std::size_t layer) const;
  [[nodiscard]] double rate() const;

 private:
  std::vector<Mask> ever_;
};

/// The share of active neurons of a chain of layers: inputs of every layer with a link out of them, and outputs of the
/// last with a link into them, over all of these neurons (Zhang et al., arXiv:2501.19107). O(links + neurons).
[[nodiscard]] double active_neuron_share(std::span<const Mask> chain);

}  // namespace dnm
