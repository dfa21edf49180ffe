// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/sweep/sweep_canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "app/studio/widgets/chart_canvas.h"
#include "app/studio/widgets/escape_key.h"

namespace dnm {

namespace {
constexpr QSize least_size(240, 110);
constexpr double ring = 5.0;  // radius, in pixels
}  // namespace

SweepCanvas::SweepCanvas(QWidget* parent) : QWidget(parent) {
  setObjectName("sweep-canvas");
  setAccessibleName(tr("Chart of the sweep"));
  setMinimumSize(least_size);
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
}

void SweepCanvas::show_sweep(std::shared_ptr<const Sweep> sweep) {
  const bool is_other = sweep != sweep_;
  sweep_ = std::move(sweep);
  pictures_ = sweep_ ? sweep_pictures(*sweep_) : SweepPictures{};
  if (is_other) {
    mark(std::nullopt);
    places_.clear();
    if (sweep_ && !pictures_.charts.empty()) places_ = sweep_places(sweep_->plan.varied.front());
    order_.resize(places_.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::ranges::sort(order_, {}, [this](std::size_t point) { return places_[point]; });
  }
  is_stale_ = true;
  update();
}

void SweepCanvas::draw_picture() {
  const ChartStyle style = chart_style_of(*this);
  Scene scene;
  plots_.clear();
  cells_.clear();
  if (!pictures_.maps.empty()) {
    HeatMapPicture made = heat_maps_scene(pictures_.maps, style);
    scene = std::move(made.scene);
    cells_ = std::move(made.plots);
  } else {
    ChartPicture made = charts_scene(pictures_.charts, style);
    scene = std::move(made.scene);
    plots_ = std::move(made.plots);
  }
  picture_ = painted_page(*this, scene);
  is_stale_ = false;
}

void SweepCanvas::paintEvent(QPaintEvent* /*event*/) {
  if (is_stale_ || picture_.size() != size() * devicePixelRatioF()) draw_picture();
  QPainter painter(this);
  painter.drawPixmap(0, 0, picture_);
  if (!sweep_) {
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(
        rect().adjusted(12, 8, -12, -8), Qt::AlignCenter | Qt::TextWordWrap,
        tr("Choose a parameter and its values, then Start: the measures of the network are drawn against it."));
  }
  paint_mark(painter);
  if (!hasFocus()) return;
  // A plain frame: that of some styles tints what is in it, and with it the colours of a map.
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setPen(palette().color(QPalette::Highlight));
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

Rectangle SweepCanvas::cell_of(std::size_t map, std::size_t point) const {
  const std::size_t columns = pictures_.maps[map].x_words.size(), rows = pictures_.maps[map].y_words.size();
  const Rectangle& all = cells_[map];
  const double width = all.width / static_cast<double>(columns), height = all.height / static_cast<double>(rows);
  return {all.x + static_cast<double>(point % columns) * width, all.y + static_cast<double>(point / columns) * height,
          width, height};
}

QPointF SweepCanvas::place_of(std::size_t point) const {
  if (!cells_.empty()) {
    const Rectangle cell = cell_of(0, point);
    return from_page(*this, {cell.x + 0.5 * cell.width, cell.y + 0.5 * cell.height});
  }
  if (plots_.empty() || !sweep_) return {};
  const double mean = mean_of(*sweep_, point, 0).mean;
  return from_page(*this, plots_[0].place(places_[point], std::isfinite(mean) ? mean : plots_[0].low));
}

void SweepCanvas::paint_mark(QPainter& painter) const {
  if (!marked_ || !sweep_) return;
  const QColor ink = palette().color(QPalette::Text);
  painter.setRenderHint(QPainter::Antialiasing);
  for (std::size_t map = 0; map < cells_.size(); ++map) {
    const Rectangle cell = cell_of(map, *marked_);
    const QRectF area(from_page(*this, {cell.x, cell.y + cell.height}),
                      from_page(*this, {cell.x + cell.width, cell.y}));
    painter.setPen(QPen(palette().color(QPalette::Base), 4.0));
    painter.drawRect(area);
    painter.setPen(QPen(ink, 2.0));
    painter.drawRect(area);
  }
  for (std::size_t chart = 0; chart < plots_.size(); ++chart) {
    const PlotArea& plot = plots_[chart];
    painter.setPen(QPen(palette().color(QPalette::PlaceholderText), 0.0));
    painter.drawLine(from_page(*this, plot.place(places_[*marked_], plot.low)),
                     from_page(*this, plot.place(places_[*marked_], plot.high)));
    const double mean = mean_of(*sweep_, *marked_, chart).mean;
    if (!std::isfinite(mean)) continue;
    painter.setPen(QPen(ink, 1.6));
    painter.drawEllipse(from_page(*this, plot.place(places_[*marked_], mean)), ring, ring);
  }
}

std::optional<std::size_t> SweepCanvas::point_at(QPointF position) const {
  const Point page = to_page(*this, position);
  for (std::size_t map = 0; map < cells_.size(); ++map) {
    const Rectangle& all = cells_[map];
    if (!contains(all, page)) continue;
    const std::size_t columns = pictures_.maps[map].x_words.size(), rows = pictures_.maps[map].y_words.size();
    const auto place = [](double part, std::size_t count) {
      return std::min(count - 1, static_cast<std::size_t>(std::max(0.0, part * static_cast<double>(count))));
    };
    return place((page.y - all.y) / all.height, rows) * columns + place((page.x - all.x) / all.width, columns);
  }
  for (const PlotArea& plot : plots_) {
    if (!contains(plot.area, page)) continue;
    std::optional<std::size_t> nearest;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t point = 0; point < places_.size(); ++point) {
      const double off = std::abs(plot.place(places_[point], 0.0).x - page.x);
      if (off >= least) continue;
      nearest = point;
      least = off;
    }
    return nearest;
  }
  return std::nullopt;
}

void SweepCanvas::mark(std::optional<std::size_t> point) {
  if (point == marked_) return;
  marked_ = point;
  setCursor(marked_ && underMouse() ? Qt::PointingHandCursor : Qt::ArrowCursor);
  update();
  Q_EMIT marked();
}

void SweepCanvas::mouseMoveEvent(QMouseEvent* event) { mark(point_at(event->position())); }

void SweepCanvas::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return QWidget::mouseReleaseEvent(event);
  const auto point = point_at(event->position());
  mark(point);
  if (point) Q_EMIT chosen(*point);
}

void SweepCanvas::leaveEvent(QEvent* event) {
  QWidget::leaveEvent(event);
  if (!hasFocus()) mark(std::nullopt);
}

bool SweepCanvas::event(QEvent* event) { return takes_escape(*event, marked_.has_value()) || QWidget::event(event); }

void SweepCanvas::keyPressEvent(QKeyEvent* event) {
  if (!sweep_) return QWidget::keyPressEvent(event);
  const int key = event->key();
  if (key == Qt::Key_Escape && marked_) return mark(std::nullopt);
  const bool chooses = key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space;
  if (chooses && marked_) {
    Q_EMIT chosen(*marked_);
    return;
  }
  if (key != Qt::Key_Left && key != Qt::Key_Right && key != Qt::Key_Up && key != Qt::Key_Down)
    return QWidget::keyPressEvent(event);
  const bool on = key == Qt::Key_Right || key == Qt::Key_Up;
  if (!pictures_.maps.empty()) {
    const auto columns = static_cast<std::ptrdiff_t>(pictures_.maps.front().x_words.size());
    const auto count = static_cast<std::ptrdiff_t>(sweep_->points.size());
    const auto now = static_cast<std::ptrdiff_t>(marked_.value_or(0));
    const bool sideways = key == Qt::Key_Left || key == Qt::Key_Right;
    const std::ptrdiff_t next = now + (on ? 1 : -1) * (sideways ? 1 : columns);
    const bool leaves_row = sideways && next / columns != now / columns;
    if (!marked_) return mark(0);
    if (next >= 0 && next < count && !leaves_row) mark(static_cast<std::size_t>(next));
    return;
  }
  if (order_.empty()) return;
  if (!marked_) return mark(on ? order_.front() : order_.back());
  const auto now = std::ranges::find(order_, *marked_) - order_.begin();
  const std::ptrdiff_t last = static_cast<std::ptrdiff_t>(order_.size()) - 1;
  mark(order_[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(now + (on ? 1 : -1), 0, last))]);
}

void SweepCanvas::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::PaletteChange && event->type() != QEvent::FontChange) return;
  is_stale_ = true;
  update();
}

}  // namespace dnm
