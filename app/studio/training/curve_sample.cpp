// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/curve_sample.h"

#include <QPainter>

#include "app/studio/widgets/chart_canvas.h"
#include "viz/scenes/curve_look.h"

namespace dnm {

QPixmap curve_sample(std::size_t color, bool dark, QSize size, double device_pixel_ratio) {
  QPixmap picture(size * device_pixel_ratio);
  picture.setDevicePixelRatio(device_pixel_ratio);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  paint_curve_sample(painter, QRectF(QPointF(1.0, 0.0), QSizeF(size.width() - 2.0, size.height())), group_look(color),
                     dark);
  return picture;
}

}  // namespace dnm
