// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "viz/scenes/scene.h"

namespace dnm {

/// What stands below the places of an axis. Names that are wider than the distance of the places are broken into lines
/// after hyphens, colons, commas and blanks, and shortened where that is not enough; where the distance has no room for
/// some letters, they stay in one line, and those that would touch the one before are left out.
class AxisWords {
 public:
  /// `distance`: the least of two neighbours, in points; `size`: of the letters.
  AxisWords(std::span<const std::string> words, double distance, double size);

  /// Of the name with most of them; at least 1.
  [[nodiscard]] std::size_t lines() const;
  [[nodiscard]] double line_height() const { return 1.2 * size_; }
  /// Centred at these places, rising; the first lines at height `y`.
  void add(Scene& scene, std::span<const double> places, double y, Color color) const;

 private:
  double size_;
  bool breaks_ = false;
  std::vector<std::vector<std::string>> lines_;  ///< of each name
};

}  // namespace dnm
