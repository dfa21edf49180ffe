// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainterPath>
#include <QPointF>
#include <span>

namespace dnm {

/// The area that a polyline of `width` covers, flat at its ends, with as few points as can be: a polyline along an arc
/// of a circle, as geodesics are, becomes an arc. Off by at most `tolerance` from the polyline. All lengths in one
/// unit; two points at least.
[[nodiscard]] QPainterPath line_outline(std::span<const QPointF> points, double width, double tolerance);

/// The same path with all its points at whole numbers: the shortest way to write it down.
[[nodiscard]] QPainterPath at_whole_numbers(QPainterPath path);

}  // namespace dnm
