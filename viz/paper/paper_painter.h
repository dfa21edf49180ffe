// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QString>
#include <cstddef>

#include "viz/scenes/scene.h"

class QPainter;

namespace dnm {

/// How a scene is put on paper.
struct PaperStyle {
  /// A list of more lines, cells or disks than this becomes one embedded image, since readers choke on more vectors. So
  /// do thousands of translucent lines that lie too close to be told apart, unless shapes are compact.
  std::size_t vector_limit = 30000;
  double image_dpi = 600.0;  ///< resolution of such an image; 0: that of the device
  /// Shapes are written as areas with corners at whole units of the device, which is to be fine enough for that. For
  /// PDF: Qt writes translucent lines as outlines with hundreds of digits each.
  bool compact_shapes = false;
  /// Of the type face of all texts; empty: that of the program.
  QString font_family{};

  /// For a device that is pixels: images and cells are drawn in those (see in_device_pixels).
  [[nodiscard]] bool is_raster() const { return image_dpi <= 0.0; }
  [[nodiscard]] static PaperStyle compact() { return {30000, 600.0, true, {}}; }
  /// For devices that are pixels themselves: the image of a long list has their resolution.
  [[nodiscard]] static PaperStyle raster() { return {300, 0.0, false, {}}; }
};

/// Paints `scene` into `area`, with vectors as vectors and text as text. The painter's unit is one point, y downwards
/// (scale it beforehand); the state of the painter is kept. The background is not painted.
void paint_scene(QPainter& painter, const Scene& scene, const QRectF& area, const PaperStyle& style = {});
/// The same with the scene placed by `transform` (page coordinates of `area`): a zoomed view.
void paint_scene(QPainter& painter, const Scene& scene, const QRectF& area, const PageTransform& transform,
                 const PaperStyle& style);

/// One line of text whose anchor is at `position` (painter's coordinates, in points).
void paint_text(QPainter& painter, const Text& text, QPointF position, const PaperStyle& style = {});
/// Width of a line of text in points.
[[nodiscard]] double text_width(const QPainter& painter, const QString& words, double size, bool bold,
                                const PaperStyle& style = {});

}  // namespace dnm
