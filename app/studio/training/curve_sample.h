// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QSize>
#include <cstddef>

namespace dnm {

/// A sample of an experiment's curve (colour, dash, marker) on a transparent background, to identify the curve in a
/// list. `size` in device-independent pixels.
[[nodiscard]] QPixmap curve_sample(std::size_t color, bool dark, QSize size, double device_pixel_ratio);

}  // namespace dnm
