// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QString>

class QPaintDevice;

namespace dnm {

/// The font file of all pictures (DejaVu Sans: it has Greek, mathematics and subscripts), regular or bold. Empty when
/// none is installed; pictures then use whatever sans-serif the system has.
[[nodiscard]] QString picture_font_file(bool bold);
[[nodiscard]] QString picture_font_family();

/// The font of pictures so that one unit of the painter is one point: `size` points high on `device` whatever its
/// resolution.
[[nodiscard]] QFont picture_font(double size, bool bold, const QPaintDevice& device);

/// Where the parts of a line of this font lie above the baseline, in font sizes; the same for both painters.
struct FontProportions {
  double ascent = 0.76;
  double descent = 0.24;
  double middle = 0.36;  ///< half the height of a figure or capital
};

}  // namespace dnm
