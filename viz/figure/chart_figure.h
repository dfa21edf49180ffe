// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <vector>

#include "viz/figure/figure_module.h"
#include "viz/figure/paper_page.h"

namespace dnm {

/// Charts of training runs laid out on paper, in the print palette whatever the window looks like.
class ChartFigure : public PaperPage {
 public:
  /// Throws InvalidInput: nothing to draw, width.
  explicit ChartFigure(const ChartFigureRequest& request);

  void paint(QPainter& painter, const PaperStyle& style) const override;

 private:
  struct Picture {
    Scene scene;
    QRectF area;
  };
  void add(Scene scene);

  std::vector<Picture> pictures_;
};

}  // namespace dnm
