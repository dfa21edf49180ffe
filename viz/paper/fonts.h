// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QString>
#include <QStringList>

class QPaintDevice;

namespace dnm {

/// The font file of all pictures (DejaVu Sans: it has Greek, mathematics and subscripts), regular or bold. Empty when
/// none is installed; pictures then use whatever sans-serif the system has.
[[nodiscard]] QString picture_font_file(bool bold);
[[nodiscard]] QString picture_font_family();

/// The font of pictures so that one unit of the painter is one point: `size` points high on `device` whatever its
/// resolution. `family`: in place of picture_font_family().
[[nodiscard]] QFont picture_font(double size, bool bold, const QPaintDevice& device, const QString& family = {});

/// The first of these families that is installed; empty where none is. Takes families with the same widths of letters
/// for one another only if they are named here.
[[nodiscard]] QString installed_family(const QStringList& families);

/// Where the parts of a line of this font lie above the baseline, in font sizes; the same for both painters.
struct FontProportions {
  double ascent = 0.76;
  double descent = 0.24;
  double middle = 0.36;  ///< half the height of a figure or capital
};

}  // namespace dnm
