// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QSizeF>
#include <memory>
#include <string>
#include <vector>

#include "viz/figure/figure_module.h"
#include "viz/figure/page_block.h"

class QPainter;

namespace dnm {

inline constexpr double points_per_mm = 72.0 / 25.4;

/// A figure laid out and ready to be painted on any device; lengths in points, y downwards. The blocks of a row are
/// equally high and share the width so that each has the shape it wants; the page is as high as they need, or as it
/// was asked to be. A narrow margin around all of it stays empty.
class FigureLayout {
 public:
  /// Builds every scene in the size it will have. `request` must outlive the layout. Throws InvalidInput (no picture,
  /// page, unknown panel id, a cell without its network or charts).
  FigureLayout(const FigureRequest& request, double pixels_per_point);

  /// In points.
  [[nodiscard]] QSizeF size() const { return size_; }
  /// What the user should know before printing ("text is 3.9 pt high at this width: …").
  [[nodiscard]] const std::vector<std::string>& notices() const { return notices_; }
  /// The painter's unit is one point.
  void paint(QPainter& painter, const PaperStyle& style) const;

 private:
  struct Cell {
    std::unique_ptr<PageBlock> block;
    std::string letter;  ///< empty: none
    std::string title;
    QRectF heading;
    double width = 0.0;
  };
  struct Row {
    std::vector<Cell> cells;
    double height = 0.0;  ///< without the headings
  };

  void add_cells(const FigureRequest& request);
  void name_cells(const FigureRequest& request);
  /// Breaks rows whose pictures would be too narrow for text that can be read into several, each of nearly as many.
  void break_rows(double width);
  /// Shares the width among the pictures of a row, so that each has its shape where all are equally high.
  void share_width(Row& row, double width) const;
  /// Widths and heights for this width of the page.
  void share_out(double width);
  /// Makes the rows as high as the page was asked to be.
  void fit_height(double height);
  void place();
  void take_notices(double width_mm);
  void paint_heading(QPainter& painter, const Cell& cell, const PaperStyle& style) const;

  PageLook look_;
  double heading_height_ = 0.0;
  std::vector<Row> rows_;
  QSizeF size_;
  std::vector<std::string> notices_;
};

}  // namespace dnm
