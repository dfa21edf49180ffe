// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRgb>
#include <cstddef>
#include <span>
#include <unordered_map>
#include <vector>

namespace dnm {

/// A few colours in place of many, by median cut (Heckbert 1982, doi:10.1145/800064.801294). The most frequent colours
/// stay exactly as they are, so that grounds and flat areas do not change.
class GifPalette {
 public:
  /// Of these pixels, at most `most` colours. O(pixels + different colours · log).
  GifPalette(std::span<const QRgb> pixels, std::size_t most);

  [[nodiscard]] const std::vector<QRgb>& colors() const { return colors_; }
  /// The place in colors() of the one that stands for a pixel that the palette was made of.
  [[nodiscard]] std::size_t index_of(QRgb pixel) const { return index_.at(pixel & RGB_MASK); }

 private:
  std::vector<QRgb> colors_;
  std::unordered_map<QRgb, std::size_t> index_;
};

}  // namespace dnm
