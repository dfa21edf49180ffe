// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/icons.h"

#include <QPainter>
#include <QPixmap>
#include <QPolygonF>
#include <QWidget>

namespace dnm {

namespace {

constexpr double side = 16.0;

QPixmap draw(Sign sign, const QColor& color, double pixel_ratio) {
  QPixmap pixmap(QSize(1, 1) * static_cast<int>(side * pixel_ratio));
  pixmap.setDevicePixelRatio(pixel_ratio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(color, 1.5));
  switch (sign) {
    case Sign::play:
      painter.setBrush(color);
      painter.setPen(Qt::NoPen);
      painter.drawPolygon(QPolygonF({{4.0, 2.5}, {13.5, 8.0}, {4.0, 13.5}}));
      break;
    case Sign::pause:
      painter.fillRect(QRectF(3.5, 3.0, 3.2, 10.0), color);
      painter.fillRect(QRectF(9.3, 3.0, 3.2, 10.0), color);
      break;
    case Sign::stop:
      painter.fillRect(QRectF(3.5, 3.5, 9.0, 9.0), color);
      break;
    case Sign::maximise:
      painter.drawRect(QRectF(2.75, 3.25, 10.5, 9.5));
      painter.fillRect(QRectF(2.75, 3.25, 10.5, 2.5), color);
      break;
    case Sign::restore:
      painter.drawRect(QRectF(2.75, 3.25, 4.5, 4.0));
      painter.drawRect(QRectF(2.75, 9.25, 4.5, 4.0));
      painter.drawRect(QRectF(9.25, 3.25, 4.5, 10.0));
      break;
    case Sign::close:
      painter.drawLine(QPointF(4.0, 4.0), QPointF(12.0, 12.0));
      painter.drawLine(QPointF(12.0, 4.0), QPointF(4.0, 12.0));
      break;
  }
  return pixmap;
}

}  // namespace

QIcon make_icon(Sign sign, const QWidget& widget) {
  const double ratio = widget.devicePixelRatioF();
  QIcon icon(draw(sign, widget.palette().color(QPalette::Active, QPalette::ButtonText), ratio));
  icon.addPixmap(draw(sign, widget.palette().color(QPalette::Disabled, QPalette::ButtonText), ratio), QIcon::Disabled);
  return icon;
}

}  // namespace dnm
