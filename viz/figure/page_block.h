// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <string>
#include <vector>

#include "viz/paper/paper_painter.h"
#include "viz/scenes/highlight.h"
#include "viz/scenes/node_places.h"
#include "viz/scenes/scene.h"

class QPainter;

namespace dnm {

/// What all blocks of a page are drawn with.
struct PageLook {
  double text_scale = 1.0;        ///< of all texts, where the page is narrow
  double pixels_per_point = 1.0;  ///< decides between single links and density
  double measures_height = 0.0;   ///< of the lines of measures below pictures, at a text scale of 1
};

/// What fills one cell of a figure's page; lengths in points, y downwards.
class PageBlock {
 public:
  PageBlock(const PageBlock&) = delete;
  PageBlock& operator=(const PageBlock&) = delete;
  virtual ~PageBlock() = default;

  /// From this width on its texts have their full size.
  [[nodiscard]] virtual double full_text_width() const = 0;
  /// The height that it wants at this width.
  [[nodiscard]] virtual double height_at(double width, const PageLook& look) const = 0;
  /// Height over width with which it takes its share of a row.
  [[nodiscard]] virtual double ratio_at(double width, const PageLook& look) const {
    return height_at(width, look) / width;
  }
  /// Builds its scenes for this area.
  virtual void lay_out(const QRectF& area, const PageLook& look) = 0;
  virtual void paint(QPainter& painter, const PaperStyle& style) const;

  /// Of the texts in its scenes; infinity when there are none.
  [[nodiscard]] double smallest_text() const;
  /// What the user should know of what is drawn ("20,000 of 61,465 links drawn in the layers").
  [[nodiscard]] const std::vector<std::string>& notices() const { return notices_; }

 protected:
  PageBlock() = default;
  struct Picture {
    Scene scene;
    QRectF area;
    NodePlacesPointer places{};  ///< where neurons stand out
    HighlightPointer highlight{};
  };
  std::vector<Picture> pictures_;
  std::vector<std::string> notices_;
};

}  // namespace dnm
