// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/scale_marks.h"

#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include "core/parameters/number_text.h"

namespace dnm {

namespace {
constexpr int tick_length = 3;
constexpr double label_scale = 0.75;
constexpr int beside_label = 2;
constexpr int significant_digits = 12;
}  // namespace

ScaleMarks::ScaleMarks(const QSlider& slider, QWidget* parent) : QWidget(parent), slider_(slider) {
  setObjectName(slider.objectName() + "-marks");
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  hide();
}

void ScaleMarks::show_marks(const Range& range, const RangeScale& scale) {
  marks_.clear();
  const bool in_percent = takes_per_cent(range);
  for (const double number : range.marks) {
    const QString label = QString::number(in_percent ? 100.0 * number : number, 'g', significant_digits);
    marks_.push_back({number, scale.position_of(number), label});
  }
  if (in_percent && !marks_.empty()) marks_.back().label += QStringLiteral(" %");
  setVisible(!marks_.empty());
  update();
}

QFont ScaleMarks::label_font() const {
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * label_scale);
  return small;
}

QSize ScaleMarks::sizeHint() const { return {52, tick_length + QFontMetrics(label_font()).ascent() + 1}; }

int ScaleMarks::place_of(std::size_t mark) const {
  const int handle = slider_.style()->pixelMetric(QStyle::PM_SliderLength, nullptr, &slider_);
  return handle / 2 + QStyle::sliderPositionFromValue(slider_.minimum(), slider_.maximum(), marks_[mark].position,
                                                      slider_.width() - handle);
}

QRect ScaleMarks::label_area(std::size_t mark) const {
  const int width = QFontMetrics(label_font()).horizontalAdvance(marks_[mark].label);
  QRect area(place_of(mark) - width / 2, tick_length, width, height() - tick_length);
  if (area.right() > this->width() - 1) area.moveRight(this->width() - 1);
  if (area.left() < 0) area.moveLeft(0);
  return area;
}

void ScaleMarks::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setFont(label_font());
  painter.setPen(palette().color(QPalette::PlaceholderText));
  int free_from = 0;
  for (std::size_t mark = 0; mark < marks_.size(); ++mark) {
    painter.drawLine(place_of(mark), 0, place_of(mark), tick_length - 1);
    const QRect area = label_area(mark);
    if (area.left() < free_from) continue;  // a narrow slider has no room for all
    painter.drawText(area, Qt::AlignHCenter | Qt::AlignBottom | Qt::TextDontClip, marks_[mark].label);
    free_from = area.right() + beside_label;
  }
}

void ScaleMarks::mouseReleaseEvent(QMouseEvent* event) {
  for (std::size_t mark = 0; mark < marks_.size(); ++mark)
    if (label_area(mark).adjusted(-beside_label, -tick_length, beside_label, 0).contains(event->pos()))
      return Q_EMIT chosen(marks_[mark].number);
}

}  // namespace dnm
