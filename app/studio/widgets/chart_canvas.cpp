// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/chart_canvas.h"

#include <QFontInfo>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionFocusRect>
#include <algorithm>
#include <cmath>
#include <utility>

#include "app/studio/widgets/dark_palette.h"
#include "app/studio/widgets/escape_key.h"
#include "app/studio/widgets/text.h"
#include "viz/paper/paper_painter.h"
#include "viz/screen/page_size.h"
#include "viz/screen/screen_words.h"

namespace dnm {

namespace {

constexpr QSize least_size(240, 96);
constexpr int least_chart_width = 170;  // of one among many
constexpr int most_in_one_row = 2;

Color from_qt(const QColor& color) {
  return {static_cast<std::uint8_t>(color.red()), static_cast<std::uint8_t>(color.green()),
          static_cast<std::uint8_t>(color.blue()), static_cast<std::uint8_t>(color.alpha())};
}

QColor between(const QColor& one, const QColor& other, double share) {
  const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a * (1.0 - share) + b * share)); };
  return {mix(one.red(), other.red()), mix(one.green(), other.green()), mix(one.blue(), other.blue())};
}

}  // namespace

ChartStyle chart_style_of(const QWidget& widget) {
  const PageSize page = page_size(widget);
  const QColor base = widget.palette().color(QPalette::Base), text = widget.palette().color(QPalette::Text);
  ChartStyle style;
  style.width = page.width;
  style.height = page.height;
  style.text_size = std::clamp(0.9 * QFontInfo(widget.font()).pointSizeF(), 6.0, 18.0);
  style.ink = from_qt(text);
  style.faint = from_qt(between(text, base, 0.4));
  style.grid = from_qt(between(text, base, 0.87));
  style.ground = from_qt(base);
  style.dark = base.lightness() < 128;
  return style;
}

void paint_curve_sample(QPainter& painter, const QRectF& area, const CurveLook& look, bool dark) {
  const Color color = curve_color(look.color, dark);
  const double middle = 0.5 * area.height();
  const Point ends[] = {{0.0, middle}, {area.width(), middle}};
  Lines piece;
  piece.width = 1.6;
  append_curve(piece, ends, color, look.dash);
  Bands marks;
  append_marker(marks, look.marker, {0.5 * area.width(), middle}, 5.0, color);
  Scene scene;
  scene.bounds = {0.0, 0.0, area.width(), area.height()};
  scene.items.emplace_back(std::move(piece));
  scene.items.emplace_back(std::move(marks));
  paint_scene(painter, scene, area, PaperStyle{});
}

ChartCanvas::ChartCanvas(QWidget* parent) : QWidget(parent) {
  setObjectName("chart-canvas");
  setMinimumSize(least_size);
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
}

void ChartCanvas::show_charts(std::vector<Chart> charts) {
  charts_ = std::move(charts);
  if (zoom_ && zoom_->last > whole_span(charts_).last) set_zoom({});
  if (comparison_) clear_marks();
  comparison_.reset();
  is_stale_ = true;
  ask_for_height();
  update();
}

void ChartCanvas::ask_for_height() {
  const int count = static_cast<int>(charts_.size());
  const int columns = std::clamp(width() / least_chart_width, 1, std::max(1, count));
  int height = least_size.height();
  if (count > most_in_one_row) {
    const ChartStyle style = chart_style();
    const double points = least_height(charts_, style, static_cast<std::size_t>(columns));
    height = std::max(height, static_cast<int>(std::ceil(points * width() / std::max(style.width, 1.0))));
  }
  setMinimumHeight(height);
}

void ChartCanvas::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  ask_for_height();
}

void ChartCanvas::show_comparison(Comparison comparison) {
  if (!comparison_) clear_marks();
  band_.reset();
  comparison_ = std::move(comparison);
  charts_.clear();
  ask_for_height();
  if (row_ && *row_ >= comparison_->groups.size()) row_.reset();
  is_stale_ = true;
  update();
}

void ChartCanvas::set_named_beside(bool named) {
  if (std::exchange(named_beside_, named) == named) return;
  is_stale_ = true;
  ask_for_height();
  update();
}

ChartStyle ChartCanvas::chart_style() const {
  ChartStyle style = chart_style_of(*this);
  style.named_beside = named_beside_;
  return style;
}

QPixmap painted_page(const QWidget& widget, const Scene& scene) {
  const PageSize page = page_size(widget);
  QPixmap picture(widget.size() * widget.devicePixelRatioF());
  picture.setDevicePixelRatio(widget.devicePixelRatioF());
  picture.fill(widget.palette().color(QPalette::Base));
  QPainter painter(&picture);
  painter.scale(widget.width() / page.width, widget.height() / page.height);
  paint_scene(painter, in_screen_words(scene), QRectF(0.0, 0.0, page.width, page.height), PaperStyle::raster());
  return picture;
}

QPointF from_page(const QWidget& widget, Point point) {
  const PageSize page = page_size(widget);
  return {point.x * widget.width() / page.width, (page.height - point.y) * widget.height() / page.height};
}

Point to_page(const QWidget& widget, QPointF position) {
  const PageSize page = page_size(widget);
  return {position.x() * page.width / widget.width(), page.height - position.y() * page.height / widget.height()};
}

void ChartCanvas::draw_picture() {
  const ChartStyle style = chart_style();
  Scene scene;
  plots_.clear();
  rows_.clear();
  if (comparison_) {
    ComparisonPicture made = comparison_scene(*comparison_, style);
    scene = std::move(made.scene);
    rows_ = std::move(made.rows);
    plots_ = {made.plot};
  } else {
    ChartPicture made = charts_scene(zoom_ ? cut_to(charts_, *zoom_) : charts_, style);
    scene = std::move(made.scene);
    plots_ = std::move(made.plots);
  }
  picture_ = painted_page(*this, scene);
  is_stale_ = false;
  ++pictures_painted_;
}

void ChartCanvas::paintEvent(QPaintEvent* /*event*/) {
  if (is_stale_ || picture_.size() != size() * devicePixelRatioF()) draw_picture();
  QPainter painter(this);
  painter.drawPixmap(0, 0, picture_);
  paint_marks(painter);
  if (!hasFocus()) return;
  QStyleOptionFocusRect option;
  option.initFrom(this);
  style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
}

void ChartCanvas::mark(std::optional<int> epoch, std::size_t chart) {
  if (epoch == epoch_ && chart == chart_) return;
  epoch_ = epoch;
  chart_ = chart;
  update();
}

void ChartCanvas::mark_row(std::optional<std::size_t> row) {
  if (row == row_) return;
  row_ = row;
  update();
}

void ChartCanvas::clear_marks() {
  mark(std::nullopt, 0);
  mark_row(std::nullopt);
}

void ChartCanvas::mouseMoveEvent(QMouseEvent* event) {
  if (band_) return move_band(event->position());
  const Point point = to_page(*this, event->position());
  if (comparison_) {
    const auto row = std::ranges::find_if(
        rows_, [&](const Rectangle& area) { return point.y >= area.y && point.y < area.y + area.height; });
    mark_row(row == rows_.end() ? std::nullopt
                                : std::optional(static_cast<std::size_t>(std::distance(rows_.begin(), row))));
    return;
  }
  const std::optional<Place> place = place_at(event->position());
  if (!place) return mark(std::nullopt, 0);
  mark(std::max(1, static_cast<int>(std::lround(place->x))), place->plot);
}

void ChartCanvas::leaveEvent(QEvent* event) {
  QWidget::leaveEvent(event);
  if (!hasFocus()) clear_marks();
}

void ChartCanvas::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  if (!underMouse()) clear_marks();
}

bool ChartCanvas::event(QEvent* event) {
  return takes_escape(*event, epoch_ || row_ || zoom_) || QWidget::event(event);
}

void ChartCanvas::keyPressEvent(QKeyEvent* event) {
  const bool back = event->key() == Qt::Key_Left || event->key() == Qt::Key_Up;
  const bool on = event->key() == Qt::Key_Right || event->key() == Qt::Key_Down;
  if (event->key() == Qt::Key_Escape && (epoch_ || row_)) return clear_marks();
  if (zoom_by_key(*event)) return;
  if (!back && !on && event->key() != Qt::Key_Home && event->key() != Qt::Key_End) return QWidget::keyPressEvent(event);
  const auto next = [&](std::optional<int> now, int first, int last) {
    if (event->key() == Qt::Key_Home) return first;
    if (event->key() == Qt::Key_End) return last;
    if (!now) return back ? last : first;
    return std::clamp(*now + (back ? -1 : 1), first, last);
  };
  if (comparison_) {
    if (rows_.empty()) return;
    const std::optional<int> now = row_ ? std::optional(static_cast<int>(*row_)) : std::nullopt;
    mark_row(static_cast<std::size_t>(next(now, 0, static_cast<int>(rows_.size()) - 1)));
  } else if (!plots_.empty() && !is_empty(charts_[chart_])) {
    const int first = std::max(1, static_cast<int>(std::ceil(plots_[chart_].first_x)));
    mark(next(epoch_, first, std::max(first, static_cast<int>(plots_[chart_].last_x))), chart_);
  }
}

void ChartCanvas::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::PaletteChange && event->type() != QEvent::FontChange) return;
  is_stale_ = true;
  update();
}

std::vector<ChartCanvas::Line> ChartCanvas::marked_lines() const {
  std::vector<Line> lines;
  if (comparison_ && row_ && *row_ < comparison_->groups.size()) {
    const ComparedGroup& group = comparison_->groups[*row_];
    lines.push_back({to_qt(group.name), translated(count_text(group))});
    for (std::size_t figure = 0; figure < group.values.size(); ++figure) {
      const ComparedValue& value = group.values[figure];
      if (!std::isfinite(value.mean)) continue;
      lines.push_back({translated(comparison_->figures[figure]), to_qt(compared_text(value, comparison_->percent))});
    }
  }
  if (!comparison_ && epoch_ && chart_ < charts_.size()) {
    const Chart& chart = charts_[chart_];
    const bool smoothed = std::ranges::any_of(chart.curves, [](const ChartCurve& curve) { return !curve.raw.empty(); });
    lines.push_back({translated(to_qt(chart.x_name) + " " + QString::number(*epoch_)),
                     smoothed ? tr("smoothed (measured)") : QString()});
    const auto x = static_cast<double>(*epoch_);
    for (const ChartCurve& curve : chart.curves) {
      const auto point = std::ranges::find(curve.points, x, &ChartPoint::x);
      if (point == curve.points.end()) {
        const auto tail = std::ranges::find(curve.tail, x, &Point::x);
        if (tail != curve.tail.end() && std::isfinite(tail->y))
          lines.push_back({to_qt(curve.label),
                           to_qt(compared_text({tail->y}, chart.percent)) + " " + tr("(fewer seeds)"), curve.look});
        continue;
      }
      if (!std::isfinite(point->y)) continue;
      QString value = to_qt(compared_text({point->y, point->error}, chart.percent));
      if (const auto raw = std::ranges::find(curve.raw, x, &Point::x); raw != curve.raw.end())
        value += " (" + to_qt(compared_text({raw->y}, chart.percent)) + ")";
      lines.push_back({to_qt(curve.label), value, curve.look});
    }
  }
  return lines;
}

QStringList ChartCanvas::marked_words() const {
  QStringList words;
  for (const Line& line : marked_lines()) words += line.value.isEmpty() ? line.name : line.name + ": " + line.value;
  return words;
}

void ChartCanvas::paint_marks(QPainter& painter) const {
  if (band_ && band_->is_drawn) return paint_band(painter);
  const QColor line = between(palette().color(QPalette::Text), palette().color(QPalette::Base), 0.35);
  if (comparison_ && row_ && *row_ < rows_.size()) {
    const Rectangle& row = rows_[*row_];
    QColor tint = palette().color(QPalette::Highlight);
    tint.setAlpha(36);
    const QPointF top = from_page(*this, {row.x, row.y + row.height}),
                  bottom = from_page(*this, {row.x + row.width, row.y});
    painter.fillRect(QRectF(top, bottom), tint);
    paint_box(painter, 0.5 * width());
  }
  if (comparison_ || !epoch_ || chart_ >= plots_.size()) return;
  painter.setPen(QPen(line, 0.0));
  for (const PlotArea& plot : plots_) {
    if (*epoch_ < plot.first_x || *epoch_ > plot.last_x) continue;
    painter.drawLine(from_page(*this, plot.place(*epoch_, plot.low)), from_page(*this, plot.place(*epoch_, plot.high)));
  }
  paint_box(painter, from_page(*this, plots_[chart_].place(*epoch_, plots_[chart_].low)).x());
}

/// The values at the mark, in a box to the right of the line or, if it does not fit, to its left.
void ChartCanvas::paint_box(QPainter& painter, double beside) const {
  std::vector<Line> lines = marked_lines();
  if (lines.empty()) return;
  QFont small = font();
  small.setPointSizeF(0.9 * QFontInfo(font()).pointSizeF());
  const QFontMetrics metrics(small, this);
  const int row = metrics.height(), pad = 5, sample = 22;
  const auto capacity = static_cast<std::size_t>(std::max(2, (height() - 2 * pad - 4) / row));
  if (lines.size() > capacity) {
    const std::size_t left_out = lines.size() - (capacity - 1);
    lines.resize(capacity - 1);
    lines.push_back({tr("and %1 more").arg(left_out), {}});
  }
  int names = 0, values = 0;
  bool samples = false;
  for (const Line& line : lines) {
    names = std::max(names, metrics.horizontalAdvance(line.name) + 2);
    values = std::max(values, metrics.horizontalAdvance(line.value));
    samples = samples || line.look;
  }
  const int indent = samples ? sample : 0;
  names = std::min(names, std::max(40, 3 * width() / 4 - values - indent - 4 * pad));
  const int box_width = 2 * pad + indent + names + (values > 0 ? 12 + values : 0);
  const int box_height = 2 * pad + row * static_cast<int>(lines.size());
  double left = beside + 8.0;
  if (left + box_width > width() - 2.0) left = beside - 8.0 - box_width;
  const int top = row_ && *row_ < rows_.size() ? static_cast<int>(from_page(*this, {0.0, rows_[*row_].y}).y()) + 2 : 2;
  QRect box(static_cast<int>(std::clamp(left, 2.0, std::max(2.0, width() - box_width - 2.0))), top, box_width,
            box_height);
  if (box.bottom() > height() - 2 && row_ && *row_ < rows_.size()) {
    const Rectangle& area = rows_[*row_];
    box.moveBottom(static_cast<int>(from_page(*this, {0.0, area.y + area.height}).y()) - 2);
  }
  box.moveTop(std::clamp(box.top(), 2, std::max(2, height() - box_height - 2)));
  painter.save();
  QColor sheet = palette().color(QPalette::ToolTipBase);
  if ((sheet.lightness() < 128) != is_dark(palette())) sheet = palette().color(QPalette::Base);
  sheet.setAlpha(244);
  painter.setPen(between(palette().color(QPalette::Text), palette().color(QPalette::Base), 0.6));
  painter.setBrush(sheet);
  painter.drawRect(box);
  const QColor text = palette().color(QPalette::Text);
  painter.setFont(small);
  for (std::size_t index = 0; index < lines.size(); ++index) {
    const Line& line = lines[index];
    const QRect place(box.left() + pad, box.top() + pad + row * static_cast<int>(index), box_width - 2 * pad, row);
    if (line.look) {
      paint_curve_sample(painter, QRectF(place.left(), place.top(), sample - 6.0, row), *line.look, is_dark(palette()));
    }
    painter.setPen(text);
    const bool indented = line.look.has_value();
    painter.drawText(place.adjusted(indented ? indent : 0, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(line.name, Qt::ElideRight, indented ? names : names + indent));
    painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, line.value);
  }
  painter.restore();
}

}  // namespace dnm
