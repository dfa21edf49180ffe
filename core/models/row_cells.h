// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/network/network.h"
#include "core/network/random.h"

namespace dnm {

/// The inputs one output neuron is linked to, while its row is being drawn: a ring of `n_in` cells, each free or taken.
/// One object serves all rows of a layer; clearing costs only what the last row touched.
class RowCells {
 public:
  explicit RowCells(NodeIndex n_in);

  [[nodiscard]] NodeIndex size() const { return size_; }
  [[nodiscard]] NodeIndex taken() const { return taken_; }
  [[nodiscard]] bool is_taken(NodeIndex cell) const { return (words_[cell >> 6] >> (cell & 63U) & 1U) != 0; }

  /// False when it is taken already.
  bool take(NodeIndex cell) {
    const std::size_t word = cell >> 6;
    const std::uint64_t bit = std::uint64_t{1} << (cell & 63U);
    const std::uint64_t before = words_[word];
    if ((before & bit) != 0) return false;
    if (before == 0) touched_.push_back(static_cast<std::uint32_t>(word));
    words_[word] = before | bit;
    ++taken_;
    return true;
  }
  /// The same for a position on the ring, which may be negative or beyond the end.
  bool take_on_ring(std::int64_t place) { return take(on_ring(place)); }
  /// Takes the cells first, first+1, … around the ring (`first` may be negative or beyond the end; count <= size).
  /// Returns how many of them were free. O(count / 64).
  NodeIndex take_run(std::int64_t first, NodeIndex count);
  /// Takes `count` free cells, every set of them equally likely. O(taken + count).
  void take_at_random(NodeIndex count, Random& random);
  /// Distance of the first free cell from `first` upwards (or downwards) on the ring among `count` cells; nothing when
  /// all of them are taken. O(count / 64).
  [[nodiscard]] std::optional<std::int64_t> free_upward(std::int64_t first, std::int64_t count) const;
  [[nodiscard]] std::optional<std::int64_t> free_downward(std::int64_t first, std::int64_t count) const;

  /// Frees the taken cells for which `leaves(cell)` holds; calls it once for each, in an order that depends only on how
  /// they were taken. O(taken).
  template <class Predicate>
  void free_if(Predicate leaves) {
    for (const std::uint32_t word : touched_) {
      for (std::uint64_t bits = words_[word]; bits != 0; bits &= bits - 1) {
        const auto cell = static_cast<NodeIndex>(word * 64 + static_cast<unsigned>(std::countr_zero(bits)));
        if (!leaves(cell)) continue;
        words_[word] &= ~(bits & (~bits + 1));
        --taken_;
      }
    }
  }

  /// Writes the taken cells in ascending order to `columns` (of length taken()) and frees them all.
  void move_to(std::span<NodeIndex> columns);

 private:
  [[nodiscard]] NodeIndex on_ring(std::int64_t cell) const;
  NodeIndex take_straight_run(NodeIndex first, NodeIndex count);
  NodeIndex add_bits(std::size_t word, std::uint64_t bits);
  void take_from_free_list(NodeIndex count, Random& random);

  NodeIndex size_;
  NodeIndex taken_ = 0;
  std::vector<std::uint64_t> words_;
  std::vector<std::uint32_t> touched_;  ///< words that are or were nonzero, in the order in which they became so
};

}  // namespace dnm
