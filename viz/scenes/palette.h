// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "viz/scenes/scene.h"

namespace dnm {

/// The plain colours of a picture, for paper and light windows or for dark windows.
struct Palette {
  Color background;
  Color ink;    ///< text
  Color frame;  ///< frames, rims, ticks
  Color grid;   ///< lines between single cells
  Color aside;  ///< what is not part of the matter: neurons that are not embedded
};
[[nodiscard]] const Palette& palette(bool dark);

/// Categories (layers, dendrites) after Okabe and Ito (2008), told apart with every common colour-vision deficiency.
/// Eight colours, then they repeat; on dark ground the two darkest are lightened.
[[nodiscard]] Color category_color(std::size_t index, bool dark);

/// Density in (0, 1] on cividis (Nunez et al., PLoS ONE 13:e0199239), so that more density stands out more from the
/// background: darker on light ground, lighter on dark ground. Lightness is monotonic in `density`.
[[nodiscard]] Color density_color(double density, bool dark);

[[nodiscard]] inline Color with_alpha(Color color, double alpha) {
  const double clamped = alpha < 0.0 ? 0.0 : (alpha > 1.0 ? 1.0 : alpha);
  color.alpha = static_cast<std::uint8_t>(clamped * 255.0 + 0.5);
  return color;
}

}  // namespace dnm
