// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QSize>
#include <cstddef>

namespace dnm {

/// A piece of an experiment's curve (colour, dash, marker) on a transparent ground, so that a list which shows it
/// beside the name leads to the curve in the chart. `size` in pixels of the window.
[[nodiscard]] QPixmap curve_sample(std::size_t color, bool dark, QSize size, double device_pixel_ratio);

}  // namespace dnm
