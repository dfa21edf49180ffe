// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QSizeF>
#include <string>
#include <vector>

#include "viz/figure/figure_module.h"
#include "viz/paper/paper_painter.h"
#include "viz/scenes/scene.h"

class QPainter;

namespace dnm {

/// What can be put on a page of its own size.
class PaperPage {
 public:
  virtual ~PaperPage() = default;
  /// In points.
  [[nodiscard]] virtual QSizeF size() const = 0;
  /// The painter's unit is one point, y downwards.
  virtual void paint(QPainter& painter, const PaperStyle& style) const = 0;
};

/// Throws InvalidInput for a width that no page has.
void check_figure_width(double width_mm);
/// A notice when a text of these scenes is too small for journals; else empty.
[[nodiscard]] std::string small_text_notice(double smallest_text, double width_mm, const char* remedy);
[[nodiscard]] double smallest_text(const Scene& scene);

/// A figure laid out and ready to be painted on any device; lengths in points, y downwards.
class FigureLayout : public PaperPage {
 public:
  /// Builds every scene in the size it will have. Throws InvalidInput (no panel, width, unknown panel id).
  FigureLayout(const FigureRequest& request, double pixels_per_point);

  [[nodiscard]] QSizeF size() const override { return size_; }
  /// What a person should know before printing ("text is 3.9 pt high at this width: …").
  [[nodiscard]] const std::vector<std::string>& notices() const { return notices_; }

  void paint(QPainter& painter, const PaperStyle& style) const override;

 private:
  struct Picture {
    Scene scene;
    QRectF area;
  };
  struct Caption {
    std::string title;
    QRectF title_area;
    std::vector<Measurement> measures;
    std::string measured;
    QRectF measures_area;
  };

  void add_panel(const FigurePanel& panel, const FigureRequest& request, const QRectF& area, double pixels_per_point);
  void add_picture(const FigurePanel& panel, const FigureRequest& request, std::string_view id, const QRectF& area,
                   double pixels_per_point);
  void paint_title(QPainter& painter, const Caption& caption) const;
  void paint_measures(QPainter& painter, const Caption& caption) const;

  QSizeF size_;
  double text_scale_ = 1.0;
  std::vector<Picture> pictures_;
  std::vector<Caption> captions_;
  std::vector<std::string> notices_;
};

}  // namespace dnm
