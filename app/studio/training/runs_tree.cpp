// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/runs_tree.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include "app/studio/training/curve_sample.h"
#include "app/studio/training/run_details.h"

namespace dnm {

RunKey key_of(const QTreeWidgetItem& row) {
  RunKey key{row.data(name_column, experiment_role).toULongLong(), {}};
  if (const QVariant seed = row.data(name_column, seed_role); seed.isValid()) key.seed = seed.toULongLong();
  return key;
}

QIcon curve_icon(std::size_t color, const QColor& ground, double pixel_ratio) {
  QPixmap pixmap(curve_icon_size * pixel_ratio);
  pixmap.setDevicePixelRatio(pixel_ratio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ground);
  painter.drawRoundedRect(QRectF(QPointF(), QSizeF(curve_icon_size)), 2.5, 2.5);
  painter.drawPixmap(QPoint(2, 0),
                     curve_sample(color, ground.lightness() < 128, curve_icon_size - QSize(4, 0), pixel_ratio));
  painter.end();
  QIcon icon(pixmap);
  icon.addPixmap(pixmap, QIcon::Selected);  // not tinted: it is the curve's colour
  return icon;
}

void RunsTree::keyPressEvent(QKeyEvent* event) {
  event->key() == Qt::Key_Space ? event->ignore() : QTreeWidget::keyPressEvent(event);
}

bool RunsTree::viewportEvent(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QTreeWidget::viewportEvent(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const QTreeWidgetItem* row = itemAt(help->pos());
  const Experiment* experiment = row ? runner_.experiment(key_of(*row).experiment) : nullptr;
  experiment ? QToolTip::showText(help->globalPos(), details_html(*experiment, runner_.run(key_of(*row))), viewport())
             : QToolTip::hideText();
  return true;
}

}  // namespace dnm
