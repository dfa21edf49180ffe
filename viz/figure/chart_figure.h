// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QSizeF>
#include <string>
#include <vector>

#include "viz/figure/figure_module.h"
#include "viz/figure/paper_page.h"

namespace dnm {

/// Charts of training runs laid out on paper, in the print palette whatever the window looks like.
class ChartFigure : public PaperPage {
 public:
  /// Throws InvalidInput: nothing to draw, width.
  explicit ChartFigure(const ChartFigureRequest& request);

  [[nodiscard]] QSizeF size() const override { return size_; }
  [[nodiscard]] const std::vector<std::string>& notices() const { return notices_; }
  void paint(QPainter& painter, const PaperStyle& style) const override;

 private:
  struct Picture {
    Scene scene;
    QRectF area;
  };
  void add(Scene scene);

  QSizeF size_;
  std::vector<Picture> pictures_;
  std::vector<std::string> notices_;
};

}  // namespace dnm
