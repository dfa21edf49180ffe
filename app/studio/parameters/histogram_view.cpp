// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/parameters/histogram_view.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

#include "app/studio/widgets/text.h"

namespace dnm {

namespace {
constexpr int height_in_pixels = 22;
constexpr int gap = 4;
constexpr double least_bar = 1.0;  // a rare value is still to be seen
constexpr double label_scale = 0.8;
constexpr int band_opacity = 70;
const QColor bar_color(0, 114, 178);
const QColor mean_color(213, 94, 0);
}  // namespace

HistogramView::HistogramView(const QString& id, const QString& name, QWidget* parent) : QWidget(parent) {
  setObjectName(id);
  setAccessibleName(name);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  hide();
}

QSize HistogramView::sizeHint() const { return {120, height_in_pixels}; }

QFont HistogramView::label_font() const {
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * label_scale);
  return small;
}

void HistogramView::show_histogram(std::optional<DrawnHistogram> histogram) {
  if (histogram == histogram_) return;
  histogram_ = std::move(histogram);
  const QString text = histogram_ ? translated(histogram_->text) + "." : QString();
  setToolTip(text);
  setAccessibleDescription(text);
  setVisible(histogram_.has_value());
  update();
}

QRectF HistogramView::plot() const {
  if (!histogram_) return {};
  const QFontMetrics metrics(label_font());
  const int left = metrics.horizontalAdvance(to_qt(histogram_->first_label)) + gap;
  const int right = metrics.horizontalAdvance(to_qt(histogram_->last_label)) + gap;
  return QRectF(rect()).adjusted(left, 1.0, -right, -2.0);
}

void HistogramView::paintEvent(QPaintEvent* /*event*/) {
  if (!histogram_) return;
  QPainter painter(this);
  const QRectF area = plot();
  const DrawnHistogram& shown = *histogram_;
  const auto place = [&](double value) {
    return area.left() + area.width() * std::clamp((value - shown.low) / (shown.high - shown.low), 0.0, 1.0);
  };
  painter.setFont(label_font());
  painter.setPen(palette().color(QPalette::PlaceholderText));
  painter.drawText(rect(), Qt::AlignLeft | Qt::AlignBottom, to_qt(shown.first_label));
  painter.drawText(rect(), Qt::AlignRight | Qt::AlignBottom, to_qt(shown.last_label));
  painter.drawLine(area.bottomLeft(), area.bottomRight());

  QColor band = mean_color;
  band.setAlpha(band_opacity);
  const double from = place(shown.mean - shown.standard_deviation), to = place(shown.mean + shown.standard_deviation);
  painter.fillRect(QRectF(from, area.top(), to - from, area.height()), band);

  const double bin = area.width() / static_cast<double>(shown.bins.size());
  const auto most = static_cast<double>(*std::ranges::max_element(shown.bins));
  for (std::size_t i = 0; i < shown.bins.size(); ++i) {
    if (shown.bins[i] == 0) continue;
    const double height = std::max(least_bar, area.height() * static_cast<double>(shown.bins[i]) / most);
    // Whole pixels: bars beside each other neither overlap nor leave stripes.
    const double left = std::round(area.left() + bin * static_cast<double>(i));
    const double right = std::max(left + 1.0, std::round(area.left() + bin * static_cast<double>(i + 1)));
    painter.fillRect(QRectF(left, area.bottom() - height, right - left, height), bar_color);
  }
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(mean_color, 2.0));
  painter.drawLine(QPointF(place(shown.mean), area.top()), QPointF(place(shown.mean), area.bottom()));
}

}  // namespace dnm
