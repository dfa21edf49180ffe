// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/search/search_canvas.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <utility>

#include "app/studio/widgets/chart_canvas.h"

namespace dnm {

namespace {
constexpr QSize least_size(320, 160);
constexpr double reach = 6.0;  // of a click, in pixels
}  // namespace

SearchCanvas::SearchCanvas(QWidget* parent) : QWidget(parent) {
  setObjectName("search-canvas");
  setAccessibleName(tr("The trials in parallel coordinates"));
  setToolTip(
      tr("A line for each trial, an axis for each parameter and objective; click a line to find it in the table"));
  setMinimumSize(least_size);
}

void SearchCanvas::show_plot(ParallelPlot plot) {
  plot_ = std::move(plot);
  is_stale_ = true;
  update();
}

void SearchCanvas::draw_picture() {
  drawn_ = parallel_scene(plot_, chart_style_of(*this));
  picture_ = painted_page(*this, drawn_.scene);
  is_stale_ = false;
}

void SearchCanvas::paintEvent(QPaintEvent* /*event*/) {
  if (is_stale_ || picture_.size() != size() * devicePixelRatioF()) draw_picture();
  QPainter(this).drawPixmap(0, 0, picture_);
}

QPointF SearchCanvas::place_of(std::size_t line, std::size_t axis) {
  if (is_stale_) draw_picture();
  return from_page(*this, parallel_place(plot_, drawn_, line, axis));
}

void SearchCanvas::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || is_stale_) return;
  if (const auto line = parallel_line_at(plot_, drawn_, to_page(*this, event->position()), reach)) Q_EMIT chosen(*line);
}

void SearchCanvas::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
    is_stale_ = true;
    update();
  }
  QWidget::changeEvent(event);
}

}  // namespace dnm
