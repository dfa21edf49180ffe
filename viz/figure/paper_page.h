// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSizeF>
#include <string>
#include <vector>

#include "viz/paper/paper_painter.h"
#include "viz/scenes/scene.h"

class QPainter;

namespace dnm {

inline constexpr double points_per_mm = 72.0 / 25.4;

/// What can be put on a page of its own size, in any format.
class PaperPage {
 public:
  virtual ~PaperPage() = default;
  /// In points.
  [[nodiscard]] QSizeF size() const { return size_; }
  /// What the user should know before printing ("text is 3.9 pt high at this width: …").
  [[nodiscard]] const std::vector<std::string>& notices() const { return notices_; }
  /// The painter's unit is one point, y downwards.
  virtual void paint(QPainter& painter, const PaperStyle& style) const = 0;

 protected:
  PaperPage() = default;
  /// Says so when the smallest text is too small for journals, with `remedy` after the width to choose.
  void check_text(double smallest, double width_mm, const char* remedy);

  QSizeF size_;
  std::vector<std::string> notices_;
};

/// Throws InvalidInput for a width that is not that of a page.
void check_figure_width(double width_mm);

/// Size of the smallest text of a scene in points; infinity when it has none.
[[nodiscard]] double smallest_text(const Scene& scene);

}  // namespace dnm
