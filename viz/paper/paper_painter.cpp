// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/paper/paper_painter.h"

#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

#include "viz/paper/fonts.h"

namespace dnm {

namespace {

QColor to_qt(Color color) { return {color.red, color.green, color.blue, color.alpha}; }

class ScenePainter {
 public:
  ScenePainter(QPainter& painter, const QRectF& area, const PageTransform& transform, const PaperStyle& style)
      : painter_(painter), area_(area), transform_(transform), style_(style) {}

  void operator()(const Image& image) const {
    if (image.columns == 0 || image.rows == 0) return;
    QImage picture(static_cast<int>(image.columns), static_cast<int>(image.rows), QImage::Format_RGBA8888);
    static_assert(sizeof(Color) == 4);
    for (int row = 0; row < picture.height(); ++row) {
      std::memcpy(picture.scanLine(row),
                  image.pixels.data() + std::size_t{image.columns} * static_cast<std::size_t>(row),
                  sizeof(Color) * image.columns);
    }
    painter_.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter_.drawImage(to_paper(image.area), picture);
  }

  void operator()(const Cells& cells) const {
    // All cells of a colour are filled as one path: neighbours then join without the hairlines that separately
    // smoothed edges leave, and a run of consecutive cells costs one rectangle.
    std::map<std::uint32_t, QPainterPath> paths;
    for (std::size_t cell = 0; cell < cells.cells.size();) {
      Rectangle run = cells.cells[cell];
      const Color color = cells.colors[cell];
      for (++cell; cell < cells.cells.size() && cells.colors[cell] == color; ++cell) {
        const Rectangle& next = cells.cells[cell];
        const bool joins = next.y == run.y && next.height == run.height &&
                           std::abs(next.x - run.x - run.width) < 1e-9 * std::max(1.0, std::abs(next.x));
        if (!joins) break;
        run.width = next.x + next.width - run.x;
      }
      const std::uint32_t key = (std::uint32_t{color.red} << 24U) | (std::uint32_t{color.green} << 16U) |
                                (std::uint32_t{color.blue} << 8U) | color.alpha;
      QPainterPath& path = paths[key];
      path.setFillRule(Qt::WindingFill);
      path.addRect(to_paper(run));
    }
    for (const auto& [key, path] : paths) {
      painter_.fillPath(path, QColor(static_cast<int>(key >> 24U), static_cast<int>((key >> 16U) & 255U),
                                     static_cast<int>((key >> 8U) & 255U), static_cast<int>(key & 255U)));
    }
  }

  void operator()(const Lines& lines) const {
    QPen pen;
    pen.setWidthF(lines.width);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::BevelJoin);
    painter_.setBrush(Qt::NoBrush);
    std::vector<QPointF> points;
    for (std::size_t line = 0; line < lines.starts.size(); ++line) {
      if (line == 0 || !(lines.colors[line] == lines.colors[line - 1])) {
        pen.setColor(to_qt(lines.colors[line]));
        painter_.setPen(pen);
      }
      points.clear();
      for (std::size_t point = lines.starts[line]; point < lines.end_of(line); ++point) {
        points.push_back(to_paper(lines.points[point]));
      }
      // Qt has a quick way for single segments.
      if (points.size() == 2) {
        painter_.drawLine(points[0], points[1]);
      } else {
        painter_.drawPolyline(points.data(), static_cast<int>(points.size()));
      }
    }
  }

  void operator()(const Disks& disks) const {
    painter_.setPen(Qt::NoPen);
    for (std::size_t disk = 0; disk < disks.centers.size(); ++disk) {
      if (disk == 0 || !(disks.colors[disk] == disks.colors[disk - 1])) painter_.setBrush(to_qt(disks.colors[disk]));
      const double radius = 0.5 * static_cast<double>(disks.diameters[disk]);
      painter_.drawEllipse(to_paper(disks.centers[disk]), radius, radius);
    }
  }

  void operator()(const Text& text) const {
    const QPointF anchor = to_paper(text.position);
    paint_text(painter_, text, {anchor.x() + text.offset.x, anchor.y() - text.offset.y});
  }

  void paint(const SceneItem& item) const {
    const std::size_t primitives = std::visit([this](const auto& part) { return count(part); }, item);
    if (primitives <= style_.vector_limit) {
      std::visit(*this, item);
      return;
    }
    const double scale = style_.image_dpi / 72.0;
    QImage picture(std::max(1, static_cast<int>(std::ceil(area_.width() * scale))),
                   std::max(1, static_cast<int>(std::ceil(area_.height() * scale))),
                   QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    {
      QPainter inner(&picture);
      inner.setRenderHint(QPainter::Antialiasing);
      inner.scale(picture.width() / area_.width(), picture.height() / area_.height());
      inner.translate(-area_.topLeft());
      const ScenePainter on_image(inner, area_, transform_, PaperStyle::raster());
      std::visit(on_image, item);
    }
    painter_.setRenderHint(QPainter::SmoothPixmapTransform, true);
    painter_.drawImage(area_, picture);
  }

 private:
  static std::size_t count(const Image&) { return 1; }
  static std::size_t count(const Text&) { return 1; }
  static std::size_t count(const Cells& cells) { return cells.cells.size(); }
  static std::size_t count(const Lines& lines) { return lines.starts.size(); }
  static std::size_t count(const Disks& disks) { return disks.centers.size(); }

  [[nodiscard]] QPointF to_paper(Point data) const {
    const Point page = transform_.to_page(data);
    return {area_.left() + page.x, area_.bottom() - page.y};
  }
  [[nodiscard]] QRectF to_paper(const Rectangle& data) const {
    return {to_paper(Point{data.x, data.y + data.height}), to_paper(Point{data.x + data.width, data.y})};
  }

  QPainter& painter_;
  QRectF area_;
  PageTransform transform_;
  PaperStyle style_;
};

}  // namespace

void paint_scene(QPainter& painter, const Scene& scene, const QRectF& area, const PaperStyle& style) {
  paint_scene(painter, scene, area, page_transform(scene, area.width(), area.height()), style);
}

void paint_scene(QPainter& painter, const Scene& scene, const QRectF& area, const PageTransform& transform,
                 const PaperStyle& style) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const ScenePainter scene_painter(painter, area, transform, style);
  for (const SceneItem& item : scene.items) scene_painter.paint(item);
  if (!scene.note.empty()) {
    Text note;
    note.text = scene.note;
    note.size = scene.note_size;
    note.color = scene.ink;
    note.horizontal = Anchor::right;
    note.vertical = VerticalAnchor::bottom;
    paint_text(painter, note, {area.right() - 2.0, area.bottom() - 1.0});
  }
  painter.restore();
}

void paint_text(QPainter& painter, const Text& text, QPointF position) {
  const FontProportions proportions;
  const QString words = QString::fromStdString(text.text);
  const double width = text_width(painter, words, text.size, text.bold);
  const double along = text.horizontal == Anchor::left ? 0.0 : (text.horizontal == Anchor::center ? -0.5 : -1.0);
  const double baseline = text.vertical == VerticalAnchor::top      ? proportions.ascent
                          : text.vertical == VerticalAnchor::middle ? proportions.middle
                                                                    : -proportions.descent;
  painter.setPen(to_qt(text.color));
  painter.setFont(picture_font(text.size, text.bold, *painter.device()));
  if (!text.upright) {
    painter.drawText(QPointF(position.x() + along * width, position.y() + baseline * text.size), words);
    return;
  }
  // Turned, the line's width runs up the page and its height to the left of its right edge.
  const double right = text.horizontal == Anchor::left ? 1.0 : (text.horizontal == Anchor::center ? 0.5 : 0.0);
  const double up =
      text.vertical == VerticalAnchor::bottom ? 0.0 : (text.vertical == VerticalAnchor::middle ? 0.5 : 1.0);
  painter.save();
  painter.translate(position.x() + right * text.size - proportions.descent * text.size, position.y() + up * width);
  painter.rotate(-90.0);
  painter.drawText(QPointF(0.0, 0.0), words);
  painter.restore();
}

double text_width(const QPainter& painter, const QString& words, double size, bool bold) {
  // Measured large and scaled down, so that the width does not depend on the device.
  constexpr double reference = 100.0;
  QFont font = picture_font(reference, bold, *painter.device());
  return QFontMetricsF(font, painter.device()).horizontalAdvance(words) * size / reference;
}

}  // namespace dnm
