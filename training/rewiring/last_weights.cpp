// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/last_weights.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <limits>

#include "core/support/error.h"

namespace dnm {

std::vector<float> LastWeights::exchange(const Mask& before, std::span<const float> weights, const Mask& after) {
  std::vector<float> given;
  std::vector<Lost> kept, gone;
  auto known = lost_.begin();
  for (NodeIndex output = 0; output < before.n_out; ++output) {
    const std::uint64_t first = std::uint64_t{output} * before.n_in;
    const auto old_row = before.row(output), new_row = after.row(output);
    auto old_link = old_row.begin(), new_link = new_row.begin();
    while (old_link != old_row.end() || new_link != new_row.end()) {
      const bool has_old = old_link != old_row.end(), has_new = new_link != new_row.end();
      if (has_old && has_new && *old_link == *new_link) {
        ++old_link, ++new_link;
      } else if (!has_new || (has_old && *old_link < *new_link)) {
        const auto place = before.row_begin[output] + static_cast<std::uint64_t>(old_link - old_row.begin());
        gone.push_back({first + *old_link++, weights[place]});
      } else {
        const std::uint64_t cell = first + *new_link++;
        while (known != lost_.end() && known->cell < cell) kept.push_back(*known++);
        const bool had_link = known != lost_.end() && known->cell == cell;
        given.push_back(had_link ? known++->weight : 0.0F);
      }
    }
  }
  kept.insert(kept.end(), known, lost_.end());
  lost_.clear();
  std::merge(kept.begin(), kept.end(), gone.begin(), gone.end(), std::back_inserter(lost_),
             [](const Lost& a, const Lost& b) { return a.cell < b.cell; });
  return given;
}

std::vector<std::int64_t> LastWeights::numbers() const {
  std::vector<std::int64_t> made;
  made.reserve(2 * lost_.size());
  for (const auto& [cell, weight] : lost_) {
    made.push_back(static_cast<std::int64_t>(cell));
    made.push_back(std::bit_cast<std::uint32_t>(weight));
  }
  return made;
}

LastWeights LastWeights::from_numbers(std::span<const std::int64_t> numbers) {
  LastWeights made;
  bool fits = numbers.size() % 2 == 0;
  for (std::size_t i = 0; fits && i < numbers.size(); i += 2) {
    const std::int64_t cell = numbers[i], bits = numbers[i + 1];
    fits = cell >= 0 && bits >= 0 && bits <= std::numeric_limits<std::uint32_t>::max() &&
           (made.lost_.empty() || static_cast<std::uint64_t>(cell) > made.lost_.back().cell);
    if (fits) {
      made.lost_.push_back({static_cast<std::uint64_t>(cell), std::bit_cast<float>(static_cast<std::uint32_t>(bits))});
    }
  }
  if (!fits) throw InvalidInput("the weights of lost links in this checkpoint are damaged; start the run again");
  return made;
}

}  // namespace dnm
