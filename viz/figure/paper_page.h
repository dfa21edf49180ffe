// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSizeF>
#include <string>

#include "viz/paper/paper_painter.h"
#include "viz/scenes/scene.h"

class QPainter;

namespace dnm {

/// What can be put on a page of its own size, in any format.
class PaperPage {
 public:
  virtual ~PaperPage() = default;
  /// In points.
  [[nodiscard]] virtual QSizeF size() const = 0;
  /// The painter's unit is one point, y downwards.
  virtual void paint(QPainter& painter, const PaperStyle& style) const = 0;
};

/// Throws InvalidInput for a width that is not that of a page.
void check_figure_width(double width_mm);

/// Size of the smallest text of a scene in points; infinity when it has none.
[[nodiscard]] double smallest_text(const Scene& scene);
/// What to tell when the smallest text of a figure is too small for journals, with `remedy` after the width to choose;
/// empty when it is not.
[[nodiscard]] std::string small_text_notice(double smallest, double width_mm, const char* remedy);

}  // namespace dnm
