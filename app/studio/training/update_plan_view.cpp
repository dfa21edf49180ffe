// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/update_plan_view.h"

#include <QPainter>
#include <algorithm>
#include <utility>

#include "app/studio/widgets/text.h"
#include "core/support/digits.h"

namespace dnm {

namespace {

constexpr int lines_of_plot = 3;
constexpr int gap = 10;
constexpr int digits = 2;
constexpr std::size_t most_marks = 120;
constexpr double mark_radius = 1.3;

/// "ζ 0.3 → 0"
QString title_of(const PlannedCurve& curve) {
  return to_qt(curve.symbol) + " " + to_qt(with_significant(curve.values.front(), digits)) + QStringLiteral(" → ") +
         to_qt(with_significant(curve.values.back(), digits));
}

}  // namespace

UpdatePlanView::UpdatePlanView(QWidget* parent) : QWidget(parent) {
  setObjectName("update-plan");
  setAccessibleName(tr("Updates that the rewiring rule will make"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  hide();
}

QSize UpdatePlanView::sizeHint() const { return {120, (lines_of_plot + 1) * fontMetrics().lineSpacing() + 4}; }

void UpdatePlanView::show_plan(UpdatePlan plan) {
  plan_ = std::move(plan);
  setVisible(!plan_.curves.empty());
  setToolTip(translated(plan_.text));
  setAccessibleDescription(translated(plan_.text));
  update();
}

void UpdatePlanView::paintEvent(QPaintEvent* /*event*/) {
  if (plan_.curves.empty() || plan_.length <= 0.0) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto count = static_cast<int>(plan_.curves.size());
  const double width = (this->width() - gap * (count - 1)) / static_cast<double>(count);
  const int line = fontMetrics().lineSpacing();
  const QColor ink = palette().color(QPalette::Text);
  for (int i = 0; i < count; ++i) {
    const PlannedCurve& curve = plan_.curves[static_cast<std::size_t>(i)];
    const QRectF title(i * (width + gap), 0.0, width, line);
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(title_of(curve), Qt::ElideRight, static_cast<int>(width)));
    const QRectF plot =
        title.translated(0.0, line + 2.0).adjusted(mark_radius, 0.0, -mark_radius, height() - 2.0 * line - 4.0);
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    const double top = *std::ranges::max_element(curve.values);
    const std::size_t before = curve.values.size() > plan_.epochs.size() ? 1 : 0;  // the value of the start
    const auto place = [&](std::size_t value) {
      const double epoch = value < before ? 0.0 : plan_.epochs[value - before];
      const double height = top > 0.0 ? curve.values[value] / top : 0.0;
      return QPointF(plot.left() + plot.width() * epoch / plan_.length, plot.bottom() - plot.height() * height);
    };
    QPolygonF path;
    for (std::size_t value = 0; value < curve.values.size(); ++value) path += place(value);
    painter.setPen(QPen(ink, 1.0));
    painter.drawPolyline(path);
    if (curve.values.size() > most_marks) continue;
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    for (const QPointF& mark : path) painter.drawEllipse(mark, mark_radius, mark_radius);
    painter.setBrush(Qt::NoBrush);
  }
}

}  // namespace dnm
