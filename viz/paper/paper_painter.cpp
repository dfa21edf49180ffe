// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/paper/paper_painter.h"

#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QSemaphore>
#include <QThread>
#include <QThreadPool>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <exception>
#include <functional>
#include <limits>
#include <map>
#include <mutex>
#include <vector>

#include "core/support/error.h"
#include "viz/paper/fonts.h"
#include "viz/paper/line_outline.h"
#include "viz/scenes/device_pixels.h"

namespace dnm {

namespace {

QColor to_qt(Color color) { return {color.red, color.green, color.blue, color.alpha}; }

/// Calls body(0 … count-1) on the threads of Qt's global pool and waits. Painting belongs there: on any other thread Qt
/// splits each large shape into jobs for that pool and waits for them, which takes ten times as long as drawing a thin
/// line.
void in_pool(int count, const std::function<void(int)>& body) {
  QThreadPool* const pool = QThreadPool::globalInstance();
  if (pool->contains(QThread::currentThread())) {
    for (int index = 0; index < count; ++index) body(index);
    return;
  }
  QSemaphore done;
  std::mutex mutex;
  std::exception_ptr problem;
  for (int index = 0; index < count; ++index) {
    pool->start([&, index] {
      try {
        body(index);
      } catch (...) {
        const std::scoped_lock lock(mutex);
        problem = std::current_exception();
      }
      done.release();
    });
  }
  done.acquire(count);
  if (problem) std::rethrow_exception(problem);
}

class ScenePainter {
 public:
  ScenePainter(QPainter& painter, const QRectF& area, const PageTransform& transform, const PaperStyle& style)
      : painter_(painter), area_(area), transform_(transform), style_(style) {}

  void operator()(const Image& image) const {
    if (image.columns == 0 || image.rows == 0) return;
    if (style_.is_raster()) return paint_pixels(image);
    painter_.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter_.drawImage(to_paper(image.area),
                       to_image(image.pixels, static_cast<int>(image.columns), static_cast<int>(image.rows)));
  }

  void operator()(const Cells& cells) const {
    if (style_.is_raster()) return paint_pixels(cells);
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
      fill(path, QColor(static_cast<int>(key >> 24U), static_cast<int>((key >> 16U) & 255U),
                        static_cast<int>((key >> 8U) & 255U), static_cast<int>(key & 255U)));
    }
  }

  void operator()(const Bands& bands) const {
    for (std::size_t band = 0; band < bands.starts.size(); ++band) {
      QPolygonF outline;
      for (std::size_t point = bands.starts[band]; point < bands.end_of(band); ++point) {
        outline.append(to_paper(bands.lower[point]));
      }
      for (std::size_t point = bands.end_of(band); point > bands.starts[band]; --point) {
        outline.append(to_paper(bands.upper[point - 1]));
      }
      QPainterPath path;
      path.addPolygon(outline);
      path.closeSubpath();
      fill(path, to_qt(bands.colors[band]));
    }
  }

  void operator()(const Lines& lines) const {
    QPen pen;
    pen.setWidthF(lines.width);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::BevelJoin);
    painter_.setBrush(Qt::NoBrush);
    std::vector<QPointF> points;
    const Color* current = nullptr;
    for (std::size_t line = 0; line < lines.starts.size(); ++line) {
      points.clear();
      for (std::size_t point = lines.starts[line]; point < lines.end_of(line); ++point) {
        points.push_back(to_paper(lines.points[point]));
      }
      const auto [lowest, highest] = std::minmax_element(
          points.begin(), points.end(), [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); });
      if (points.empty() || !is_seen(lowest->y(), highest->y(), lines.width)) continue;
      if (current == nullptr || !(*current == lines.colors[line])) {
        current = &lines.colors[line];
        pen.setColor(to_qt(*current));
        painter_.setPen(pen);
      }
      if (style_.compact_shapes && lines.colors[line].alpha < 255 && points.size() > 1) {
        fill_outline(points, lines.width, pen.color());
        continue;
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
      const double radius = 0.5 * static_cast<double>(disks.diameters[disk]);
      if (style_.compact_shapes) {
        QPainterPath circle;
        circle.addEllipse(to_paper(disks.centers[disk]), radius, radius);
        fill(circle, to_qt(disks.colors[disk]));
        continue;
      }
      if (disk == 0 || !(disks.colors[disk] == disks.colors[disk - 1])) painter_.setBrush(to_qt(disks.colors[disk]));
      painter_.drawEllipse(to_paper(disks.centers[disk]), radius, radius);
    }
  }

  void operator()(const Text& text) const {
    const QPointF anchor = to_paper(text.position);
    paint_text(painter_, text, {anchor.x() + text.offset.x, anchor.y() - text.offset.y}, style_);
  }

  /// Whether a list of translucent lines lies so close that no reader could tell them apart, while each would be a
  /// shape of a hundred bytes and more. Compact shapes are small enough.
  [[nodiscard]] bool is_dense(const SceneItem& item) const {
    constexpr std::size_t many_corners = 5000;
    constexpr double corners_per_area = 1.1;  // and square point
    const Lines* lines = std::get_if<Lines>(&item);
    if (!lines || style_.is_raster() || style_.compact_shapes || lines->dashed > 0) return false;
    if (lines->points.size() < many_corners || lines->colors.empty() || lines->colors.front().alpha == 255)
      return false;
    const auto [left, right] = std::ranges::minmax(lines->points, {}, &Point::x);
    const auto [bottom, top] = std::ranges::minmax(lines->points, {}, &Point::y);
    const QRectF box = QRectF(to_paper(Point{left.x, bottom.y}), to_paper(Point{right.x, top.y})).normalized() & area_;
    return static_cast<double>(lines->points.size()) > corners_per_area * box.width() * box.height();
  }

  void paint(const SceneItem& item) const {
    std::size_t primitives = std::visit([](const auto& part) { return count(part); }, item);
    // The dashes of a line are one shape there, in fewer bytes than pixels take.
    if (const Lines* lines = std::get_if<Lines>(&item); lines && lines->dashed > 0 && !style_.is_raster())
      primitives = lines->dashed;
    const bool is_areas = std::holds_alternative<Cells>(item) || std::holds_alternative<Image>(item);
    if (is_dense(item)) {
      constexpr double scale = 3.0;  // pixels per point: the lines of such a list are about a pixel wide
      painter_.setRenderHint(QPainter::SmoothPixmapTransform, true);
      return painter_.drawImage(area_, layer_image(item, area_, scale, scale));
    }
    if (primitives <= style_.vector_limit || (is_areas && style_.is_raster())) {
      std::visit(*this, item);
    } else if (!style_.is_raster()) {
      const double scale = style_.image_dpi / 72.0;
      painter_.setRenderHint(QPainter::SmoothPixmapTransform, true);
      if (const Cells* cells = std::get_if<Cells>(&item)) return paint_cell_image(*cells, scale);
      painter_.drawImage(area_, layer_image(item, area_, scale, scale));
    } else {
      // In the pixels of the device itself, so that nothing is resampled.
      const QTransform device = painter_.deviceTransform();
      const QRectF pixels = device.mapRect(area_).toAlignedRect();
      const QRectF aligned = device.inverted().mapRect(pixels);
      put_on_device(layer_image(item, aligned, device.m11(), device.m22()), pixels.topLeft());
    }
  }

 private:
  /// Straight RGBA, first row on top.
  static QImage to_image(const std::vector<Color>& pixels, int columns, int rows) {
    QImage picture(columns, rows, QImage::Format_RGBA8888);
    if (picture.isNull()) throw ResourceError("there is not enough memory for a picture of this size");
    static_assert(sizeof(Color) == 4);
    for (int row = 0; row < rows; ++row) {
      std::memcpy(picture.scanLine(row),
                  pixels.data() + static_cast<std::size_t>(columns) * static_cast<std::size_t>(row),
                  sizeof(Color) * static_cast<std::size_t>(columns));
    }
    return picture;
  }

  static QImage to_image(const DevicePixels& part) { return to_image(part.pixels, part.columns, part.rows); }

  /// Puts an image pixel by pixel on a device that is pixels.
  void put_on_device(QImage picture, QPointF corner) const {
    picture.setDevicePixelRatio(painter_.device()->devicePixelRatioF());
    painter_.save();
    painter_.resetTransform();
    // What is left is the device's own: its pixel ratio, and the shift of a widget that is painted into a picture.
    painter_.drawImage(painter_.deviceTransform().inverted().map(corner), picture);
    painter_.restore();
  }

  /// Data coordinates in the pixels of a device with `device` from paper to pixels.
  [[nodiscard]] DeviceTransform to_pixels(const QTransform& device) const {
    const QPointF origin = device.map(to_paper(Point{0.0, 0.0}));
    return {transform_.scale_x * device.m11(), transform_.scale_y * device.m22(), origin.x(), origin.y()};
  }

  template <class Item>
  void paint_pixels(const Item& item) const {
    const QTransform device = painter_.deviceTransform();
    const QRect part = device.mapRect(area_).toAlignedRect();
    const DevicePixels found = in_device_pixels(
        item, to_pixels(device * QTransform::fromTranslate(-part.left(), -part.top())), part.width(), part.height());
    if (found.pixels.empty()) return;
    put_on_device(to_image(found), part.topLeft() + QPoint(found.left, found.top));
  }

  /// Cells as one image of `scale` pixels per point, over the pixels that they touch.
  void paint_cell_image(const Cells& cells, double scale) const {
    const QTransform to_image_pixels =
        QTransform::fromTranslate(-area_.left(), -area_.top()) * QTransform::fromScale(scale, scale);
    const DevicePixels found =
        in_device_pixels(cells, to_pixels(to_image_pixels), static_cast<int>(std::ceil(area_.width() * scale)),
                         static_cast<int>(std::ceil(area_.height() * scale)));
    if (found.pixels.empty()) return;
    painter_.drawImage(to_image_pixels.inverted().mapRect(QRectF(found.left, found.top, found.columns, found.rows)),
                       to_image(found));
  }

  void fill(const QPainterPath& path, const QColor& color) const {
    if (!style_.compact_shapes) return painter_.fillPath(path, color);
    const QTransform to_device = painter_.worldTransform();
    painter_.save();
    painter_.resetTransform();
    painter_.fillPath(at_whole_numbers(to_device.map(path)), color);
    painter_.restore();
  }

  /// A line as an area, in units of the device. The painter's transform scales alike in both directions.
  void fill_outline(std::vector<QPointF>& points, double width, const QColor& color) const {
    constexpr double tolerance = 0.02;  // points
    const QTransform to_device = painter_.worldTransform();
    for (QPointF& point : points) point = to_device.map(point);
    const double unit = to_device.m11();
    painter_.save();
    painter_.resetTransform();
    painter_.fillPath(at_whole_numbers(line_outline(points, width * unit, tolerance * unit)), color);
    painter_.restore();
  }

  /// The item on a transparent image of `part` of the paper.
  [[nodiscard]] QImage layer_image(const SceneItem& item, const QRectF& part, double scale_x, double scale_y) const {
    const int width = std::max(1, static_cast<int>(std::ceil(part.width() * scale_x - 1e-6)));
    const int height = std::max(1, static_cast<int>(std::ceil(part.height() * scale_y - 1e-6)));
    QImage picture(width, height, QImage::Format_ARGB32_Premultiplied);
    if (picture.isNull()) throw ResourceError("there is not enough memory for a picture of this size");
    picture.fill(Qt::transparent);
    uchar* const pixels = picture.bits();
    const qsizetype line_bytes = picture.bytesPerLine();
    const int bands = std::max(1, QThreadPool::globalInstance()->maxThreadCount());
    in_pool(bands, [&](int band) {
      const int top = height * band / bands, bottom = height * (band + 1) / bands;
      if (top == bottom) return;
      QImage strip(pixels + top * line_bytes, width, bottom - top, line_bytes, picture.format());
      QPainter inner(&strip);
      inner.setRenderHint(QPainter::Antialiasing);
      inner.translate(0.0, -top);
      inner.scale(scale_x, scale_y);
      inner.translate(-part.topLeft());
      ScenePainter on_strip(inner, area_, transform_, PaperStyle{std::numeric_limits<std::size_t>::max(), 0.0, false});
      on_strip.from_y_ = part.top() + top / scale_y;
      on_strip.to_y_ = part.top() + bottom / scale_y;
      std::visit(on_strip, item);
    });
    return picture;
  }

  /// Whether a line between these heights can touch what is being painted.
  [[nodiscard]] bool is_seen(double lowest, double highest, double width) const {
    return highest + width >= from_y_ && lowest - width <= to_y_;
  }

  static std::size_t count(const Image&) { return 1; }
  static std::size_t count(const Text&) { return 1; }
  static std::size_t count(const Cells& cells) { return cells.cells.size(); }
  static std::size_t count(const Bands& bands) { return bands.starts.size(); }
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
  // What is being painted of the paper, in its coordinates.
  double from_y_ = -std::numeric_limits<double>::infinity(), to_y_ = std::numeric_limits<double>::infinity();
};

}  // namespace

namespace {

QFont font_of(const PaperStyle& style, double size, bool bold, const QPaintDevice& device) {
  return picture_font(size, bold, device, style.font_family);
}

double text_width(const QPainter& painter, const QString& words, double size, bool bold, double unit,
                  const PaperStyle& style) {
  const QFont font = font_of(style, size * unit, bold, *painter.device());
  return QFontMetricsF(font, painter.device()).horizontalAdvance(words) / unit;
}

}  // namespace

void paint_scene(QPainter& painter, const Scene& scene, const QRectF& area, const PaperStyle& style) {
  paint_scene(painter, scene, area, page_transform(scene, area.width(), area.height()), style);
}

void paint_scene(QPainter& painter, const Scene& scene, const QRectF& area, const PageTransform& transform,
                 const PaperStyle& style) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  // In PDF, Qt would else write larger images as JPEG, which shows colours and links that are not there.
  painter.setRenderHint(QPainter::LosslessImageRendering);
  const ScenePainter scene_painter(painter, area, transform, style);
  for (const SceneItem& item : scene.items) scene_painter.paint(item);
  if (!scene.note.empty()) {
    Text note;
    note.text = scene.note;
    note.size = scene.note_size;
    note.color = scene.ink;
    note.horizontal = Anchor::right;
    note.vertical = VerticalAnchor::bottom;
    paint_text(painter, note, {area.right() - 2.0, area.bottom() - 1.0}, style);
  }
  painter.restore();
}

void paint_text(QPainter& painter, const Text& text, QPointF position, const PaperStyle& style) {
  const FontProportions proportions;
  const QString words = QString::fromStdString(text.text);
  // Set in the units of the device: a small font under a scaled painter would have its letters at rounded places.
  const QTransform to_device = painter.worldTransform();
  const double unit = to_device.m11();
  const double size = text.size * unit;
  painter.save();
  painter.resetTransform();
  painter.translate(to_device.map(position));
  painter.setPen(to_qt(text.color));
  painter.setFont(font_of(style, size, text.bold, *painter.device()));
  const double width = text_width(painter, words, text.size, text.bold, unit, style) * unit;
  if (text.upright) {
    // Turned, the line's width runs up the page and its height to the left of its right edge.
    const double right = text.horizontal == Anchor::left ? 1.0 : (text.horizontal == Anchor::center ? 0.5 : 0.0);
    const double up = text.vertical == VerticalAnchor::bottom   ? 0.0
                      : text.vertical == VerticalAnchor::middle ? 0.5
                                                                : 1.0;
    painter.translate((right - proportions.descent) * size, up * width);
    painter.rotate(-90.0);
    painter.drawText(QPointF(0.0, 0.0), words);
  } else {
    const double along = text.horizontal == Anchor::left ? 0.0 : (text.horizontal == Anchor::center ? -0.5 : -1.0);
    const double baseline = text.vertical == VerticalAnchor::top      ? proportions.ascent
                            : text.vertical == VerticalAnchor::middle ? proportions.middle
                                                                      : -proportions.descent;
    painter.drawText(QPointF(along * width, baseline * size), words);
  }
  painter.restore();
}

double text_width(const QPainter& painter, const QString& words, double size, bool bold, const PaperStyle& style) {
  return text_width(painter, words, size, bold, painter.worldTransform().m11(), style);
}

}  // namespace dnm
