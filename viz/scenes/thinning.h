// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dnm {

/// Which of `total` items are shown when only `limit` can be: one of each of `limit` equal stretches of the list, at a
/// place in the stretch that looks random but is always the same. So every part of the list keeps its share, and no
/// rhythm of the list (20 links per neuron, say) falls in step with the choice.
class Thinning {
 public:
  Thinning(std::uint64_t total, std::uint64_t limit) : total_(total), shown_(limit < total ? limit : total) {}

  [[nodiscard]] std::uint64_t total() const { return total_; }
  [[nodiscard]] std::uint64_t shown() const { return shown_; }
  [[nodiscard]] bool is_complete() const { return shown_ == total_; }
  /// Number in the list of the `index`-th item shown, index < shown(); rises with `index`.
  [[nodiscard]] std::uint64_t item(std::uint64_t index) const;

 private:
  std::uint64_t total_;
  std::uint64_t shown_;
};

/// "20,000 of 61,465 links drawn", or nothing when all are.
[[nodiscard]] std::string thinning_note(const Thinning& thinning, std::string_view items);

}  // namespace dnm
