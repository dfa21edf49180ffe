// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace dnm {

/// The same picture as Qt's SVG generator has written, in fewer bytes: polylines that follow each other in one style
/// and lie apart become one path, whose points are told by their distance from the one before. Lines that touch or
/// cross stay elements of their own, since where they overlap each adds its ink. Linear in the bytes.
[[nodiscard]] QByteArray compact_svg(const QByteArray& svg);

}  // namespace dnm
