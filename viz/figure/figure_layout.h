// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QSizeF>
#include <string>
#include <vector>

#include "viz/figure/figure_module.h"
#include "viz/figure/paper_page.h"
#include "viz/scenes/scene.h"

class QPainter;

namespace dnm {

/// A figure laid out and ready to be painted on any device; lengths in points, y downwards.
class FigureLayout : public PaperPage {
 public:
  /// Builds every scene in the size it will have. Throws InvalidInput (no panel, width, unknown panel id).
  FigureLayout(const FigureRequest& request, double pixels_per_point);

  void paint(QPainter& painter, const PaperStyle& style) const override;

 private:
  struct Picture {
    Scene scene;
    QRectF area;
    NodePlacesPointer places{};  ///< where neurons stand out
    HighlightPointer highlight{};
  };
  struct Caption {
    std::string title;
    QRectF title_area;
    std::vector<Measurement> measures;
    std::string measured;  ///< what the measures are of ("layer 2"); empty: the whole network
    QRectF measures_area;
  };

  void add_panel(const FigurePanel& panel, const FigureRequest& request, const QRectF& area, double pixels_per_point);
  void add_picture(const FigurePanel& panel, const FigureRequest& request, const NetworkScene& scene,
                   const QRectF& area, double pixels_per_point);
  /// One below the other, each as high as its share of what is left at most; the last takes all that is left.
  void add_stack(const FigurePanel& panel, const FigureRequest& request, const std::vector<const NetworkScene*>& scenes,
                 QRectF area, double pixels_per_point);
  void paint_title(QPainter& painter, const Caption& caption) const;
  void paint_measures(QPainter& painter, const Caption& caption) const;

  double text_scale_ = 1.0;
  std::vector<Picture> pictures_;
  std::vector<Caption> captions_;
};

}  // namespace dnm
