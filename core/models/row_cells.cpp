// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/row_cells.h"

#include <algorithm>
#include <bit>

namespace dnm {

namespace {

constexpr std::uint64_t all_bits = ~std::uint64_t{0};

/// Bits first .. first+count-1 of one word; first + count <= 64, count >= 1.
std::uint64_t bit_run(unsigned first, unsigned count) { return (all_bits >> (64U - count)) << first; }

}  // namespace

RowCells::RowCells(NodeIndex n_in) : size_(n_in), words_((std::size_t{n_in} + 63) / 64, 0) {}

NodeIndex RowCells::on_ring(std::int64_t cell) const {
  const auto n = static_cast<std::int64_t>(size_);
  if (cell >= 0 && cell < n) return static_cast<NodeIndex>(cell);
  const std::int64_t rest = cell % n;
  return static_cast<NodeIndex>(rest < 0 ? rest + n : rest);
}

NodeIndex RowCells::add_bits(std::size_t word, std::uint64_t bits) {
  const std::uint64_t before = words_[word];
  if (before == 0) touched_.push_back(static_cast<std::uint32_t>(word));
  words_[word] = before | bits;
  const auto added = static_cast<NodeIndex>(std::popcount(bits & ~before));
  taken_ += added;
  return added;
}

NodeIndex RowCells::take_straight_run(NodeIndex first, NodeIndex count) {
  NodeIndex added = 0;
  while (count > 0) {
    const unsigned bit = first & 63U;
    const unsigned here = std::min(64U - bit, count);
    added += add_bits(first >> 6, bit_run(bit, here));
    first += here;
    count -= here;
  }
  return added;
}

NodeIndex RowCells::take_run(std::int64_t first, NodeIndex count) {
  if (count == 0) return 0;
  const NodeIndex begin = on_ring(first);
  const NodeIndex straight = std::min(count, size_ - begin);
  return take_straight_run(begin, straight) + take_straight_run(0, count - straight);
}

void RowCells::take_at_random(NodeIndex count, Random& random) {
  if (std::uint64_t{taken_} + count > size_ / 2) {
    take_from_free_list(count, random);
    return;
  }
  // At least half of the cells stay free, so at most two attempts per cell are expected.
  while (count > 0) {
    if (take(static_cast<NodeIndex>(random.below(size_)))) --count;
  }
}

void RowCells::take_from_free_list(NodeIndex count, Random& random) {
  std::vector<NodeIndex> free_cells;
  free_cells.reserve(size_ - taken_);
  for (NodeIndex cell = 0; cell < size_; ++cell) {
    if (!is_taken(cell)) free_cells.push_back(cell);
  }
  for (std::size_t i = 0; i < count; ++i) {
    std::swap(free_cells[i], free_cells[i + random.below(free_cells.size() - i)]);
    take(free_cells[i]);
  }
}

std::optional<std::int64_t> RowCells::free_upward(std::int64_t first, std::int64_t count) const {
  std::int64_t seen = 0;
  NodeIndex cell = count > 0 ? on_ring(first) : 0;
  while (seen < count) {
    const unsigned bit = cell & 63U;
    const std::int64_t here = std::min({std::int64_t{64 - bit}, std::int64_t{size_ - cell}, count - seen});
    const std::uint64_t free_bits = ~words_[cell >> 6] & bit_run(bit, static_cast<unsigned>(here));
    if (free_bits != 0) return seen + std::countr_zero(free_bits) - static_cast<int>(bit);
    seen += here;
    cell += static_cast<NodeIndex>(here);
    if (cell == size_) cell = 0;
  }
  return std::nullopt;
}

std::optional<std::int64_t> RowCells::free_downward(std::int64_t first, std::int64_t count) const {
  std::int64_t seen = 0;
  NodeIndex cell = count > 0 ? on_ring(first) : 0;
  while (seen < count) {
    const unsigned bit = cell & 63U;
    const std::int64_t here = std::min(std::int64_t{bit} + 1, count - seen);
    const auto width = static_cast<unsigned>(here);
    const std::uint64_t free_bits = ~words_[cell >> 6] & bit_run(bit + 1 - width, width);
    if (free_bits != 0) return seen + static_cast<int>(bit) - (63 - std::countl_zero(free_bits));
    seen += here;
    cell = cell >= width ? cell - width : size_ - 1;
  }
  return std::nullopt;
}

void RowCells::move_to(std::span<NodeIndex> columns) {
  std::size_t written = 0;
  const auto empty_word = [&](std::size_t word) {
    for (std::uint64_t bits = words_[word]; bits != 0; bits &= bits - 1) {
      columns[written++] = static_cast<NodeIndex>(word * 64 + static_cast<unsigned>(std::countr_zero(bits)));
    }
    words_[word] = 0;
  };
  // Walking all words beats sorting unless the row is very sparse.
  if (touched_.size() * 16 > words_.size()) {
    for (std::size_t word = 0; word < words_.size(); ++word) {
      if (words_[word] != 0) empty_word(word);
    }
  } else {
    std::sort(touched_.begin(), touched_.end());
    for (const std::uint32_t word : touched_) empty_word(word);
  }
  touched_.clear();
  taken_ = 0;
}

}  // namespace dnm
