// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstddef>

#include "viz/scenes/scene.h"

namespace dnm {

/// The plain colours of a picture, for paper and light windows or for dark windows.
struct Palette {
  Color background;
  Color ink;    ///< text
  Color frame;  ///< frames, rims, ticks
  Color grid;   ///< lines between single cells
  Color aside;  ///< what carries no value: neurons that are not embedded
};
[[nodiscard]] const Palette& palette(bool dark);

/// Categories (layers, dendrites) after Okabe and Ito, Color Universal Design (2008), https://jfly.uni-koeln.de/color:
/// distinct with every common colour-vision deficiency. Eight colours, then the same lighter, then darker, then from
/// the start; on dark ground the two darkest are lightened.
[[nodiscard]] Color category_color(std::size_t index, bool dark);

/// Communities, the largest first: ten colours that stay apart with every common colour-vision deficiency, then the
/// same ten lighter, then darker, then from the start.
[[nodiscard]] Color community_color(std::size_t rank, bool dark);

/// A value in [0, 1] on viridis (Smith and van der Walt 2015, https://bids.github.io/colormap), without the end nearest
/// to the background. Lightness is monotonic.
[[nodiscard]] Color value_color(double value, bool dark);

/// An angle in radians on a circle of hues of equal lightness and chroma in OKLCh (Ottosson 2020,
/// https://bottosson.github.io/posts/oklab), so that equal steps look equal all the way around.
[[nodiscard]] Color angle_color(double angle, bool dark);

/// `part` of the way from one colour to another; opaque.
[[nodiscard]] Color mixed(Color from, Color to, double part);

[[nodiscard]] inline Color with_alpha(Color color, double alpha) {
  const double clamped = alpha < 0.0 ? 0.0 : (alpha > 1.0 ? 1.0 : alpha);
  color.alpha = static_cast<std::uint8_t>(std::lround(clamped * 255.0));
  return color;
}

}  // namespace dnm
