// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the epochs that charts show: wheel, rubber band and keys.
#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "app/studio/widgets/chart_canvas.h"

namespace dnm {

namespace {

constexpr double wheel_step = 1.25;
constexpr double key_step = 1.5;

/// Whether the wheel scrolls what is around the charts.
bool is_scrolled(const QWidget& canvas) {
  for (const QWidget* above = canvas.parentWidget(); above; above = above->parentWidget())
    if (const auto* area = qobject_cast<const QScrollArea*>(above)) return area->verticalScrollBar()->maximum() > 0;
  return false;
}

}  // namespace

std::optional<ChartCanvas::Place> ChartCanvas::place_at(QPointF position) const {
  if (comparison_) return {};
  const Point point = to_page(*this, position);
  for (std::size_t chart = 0; chart < std::min(plots_.size(), charts_.size()); ++chart) {
    const PlotArea& plot = plots_[chart];
    const bool inside = point.x >= plot.area.x && point.x <= plot.area.x + plot.area.width && point.y >= plot.area.y &&
                        point.y <= plot.area.y + plot.area.height;
    if (!inside || is_empty(charts_[chart])) continue;
    return Place{chart, plot.first_x + (point.x - plot.area.x) / plot.area.width * (plot.last_x - plot.first_x)};
  }
  return {};
}

void ChartCanvas::set_zoom(const std::optional<ChartSpan>& zoom) {
  std::optional<ChartSpan> next = zoom;
  if (next && *next == whole_span(charts_)) next.reset();
  if (next == zoom_) return;
  zoom_ = next;
  clear_marks();
  is_stale_ = true;
  update();
  Q_EMIT zoom_changed();
}

void ChartCanvas::zoom_by(double factor, double about) {
  const ChartSpan whole = whole_span(charts_);
  set_zoom(magnified(zoom_.value_or(whole), about, factor, whole));
}

void ChartCanvas::wheelEvent(QWheelEvent* event) {
  const double turns = event->angleDelta().y() / 120.0;
  const std::optional<Place> place = place_at(event->position());
  const bool may_zoom = event->modifiers() == Qt::ControlModifier || !is_scrolled(*this);
  if (!place || turns == 0.0 || !may_zoom) return event->ignore();
  zoom_by(std::pow(wheel_step, turns), place->x);
  event->accept();
}

void ChartCanvas::mousePressEvent(QMouseEvent* event) {
  const std::optional<Place> place = place_at(event->position());
  if (event->button() != Qt::LeftButton || !place) return QWidget::mousePressEvent(event);
  band_ = Band{place->plot, place->x, place->x, event->position()};
}

void ChartCanvas::move_band(QPointF position) {
  const double moved = std::abs(position.x() - band_->pressed_at.x());
  band_->is_drawn = band_->is_drawn || moved >= QApplication::startDragDistance();
  const PlotArea& plot = plots_[std::min(band_->plot, plots_.size() - 1)];
  const double share = (to_page(*this, position).x - plot.area.x) / plot.area.width;
  band_->to = plot.first_x + std::clamp(share, 0.0, 1.0) * (plot.last_x - plot.first_x);
  update();
}

void ChartCanvas::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !band_) return QWidget::mouseReleaseEvent(event);
  const Band band = *band_;
  band_.reset();
  update();
  if (!band.is_drawn) return;
  const auto [first, last] = std::minmax(band.from, band.to);
  set_zoom(fitted_span(std::round(first), std::round(last), whole_span(charts_)));
}

void ChartCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return QWidget::mouseDoubleClickEvent(event);
  band_.reset();
  set_zoom({});
}

bool ChartCanvas::zoom_by_key(const QKeyEvent& event) {
  if (comparison_ || charts_.empty() || std::ranges::all_of(charts_, is_empty)) return false;
  const ChartSpan seen = zoom_.value_or(whole_span(charts_));
  const double about = epoch_ ? static_cast<double>(*epoch_) : 0.5 * (seen.first + seen.last);
  if (event.key() == Qt::Key_Plus || event.key() == Qt::Key_Equal) {
    zoom_by(key_step, about);
  } else if (event.key() == Qt::Key_Minus) {
    zoom_by(1.0 / key_step, about);
  } else if (event.key() == Qt::Key_0 || (event.key() == Qt::Key_Escape && zoom_)) {
    set_zoom({});
  } else {
    return false;
  }
  return true;
}

void ChartCanvas::paint_band(QPainter& painter) const {
  QColor tint = palette().color(QPalette::Highlight);
  QColor fill = tint;
  fill.setAlpha(48);
  const auto [first, last] = std::minmax(band_->from, band_->to);
  for (const PlotArea& plot : plots_) {
    const auto x_of = [&](double x) { return from_page(*this, {plot.place(x, plot.low).x, 0.0}).x(); };
    const double top = from_page(*this, {0.0, plot.area.y + plot.area.height}).y();
    const double bottom = from_page(*this, {0.0, plot.area.y}).y();
    const QRectF area(QPointF(x_of(first), top), QPointF(x_of(last), bottom));
    painter.fillRect(area, fill);
    painter.setPen(QPen(tint, 1.0));
    painter.drawLine(area.topLeft(), area.bottomLeft());
    painter.drawLine(area.topRight(), area.bottomRight());
  }
}

}  // namespace dnm
