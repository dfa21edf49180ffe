// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/icons.h"

#include <QAbstractButton>
#include <QIcon>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QPointer>
#include <QPolygonF>
#include <QVariant>
#include <algorithm>

namespace dnm {

namespace {

constexpr double side = 16.0;  // of the square that the signs are drawn in
constexpr const char* sign_property = "sign";

void draw(QPainter& painter, Sign sign, const QColor& color) {
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
}

class SignEngine : public QIconEngine {
 public:
  SignEngine(Sign sign, const QWidget& widget) : sign_(sign), widget_(&widget) {}
  [[nodiscard]] QIconEngine* clone() const override { return new SignEngine(*this); }

  void paint(QPainter* painter, const QRect& area, QIcon::Mode mode, QIcon::State /*state*/) override {
    if (!widget_) return;
    const double scale = std::min(area.width(), area.height()) / side;
    painter->save();
    painter->translate(area.x() + 0.5 * (area.width() - side * scale), area.y() + 0.5 * (area.height() - side * scale));
    painter->scale(scale, scale);
    const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
    draw(*painter, sign_, widget_->palette().color(group, QPalette::ButtonText));
    painter->restore();
  }

  [[nodiscard]] QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap pixels(size);
    pixels.fill(Qt::transparent);
    QPainter painter(&pixels);
    paint(&painter, QRect(QPoint(0, 0), size), mode, state);
    return pixels;
  }

 private:
  Sign sign_;
  QPointer<const QWidget> widget_;
};

}  // namespace

void set_sign(QAbstractButton& button, Sign sign) {
  const QVariant value(static_cast<int>(sign));
  if (button.property(sign_property) == value) return;
  button.setProperty(sign_property, value);
  button.setIcon(QIcon(new SignEngine(sign, button)));
}

}  // namespace dnm
