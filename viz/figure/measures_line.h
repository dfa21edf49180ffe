// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include "viz/figure/figure_module.h"
#include "viz/paper/paper_painter.h"

namespace dnm {

/// The line of measures below the pictures of a network and, where some do not exist or need a word, a line that says
/// why. Heights in points at a text scale of 1.
[[nodiscard]] double measures_line_height(const FigureNetwork& network);
void paint_measures_line(QPainter& painter, const FigureNetwork& network, const QRectF& area, double text_scale,
                         const PaperStyle& style);

}  // namespace dnm
