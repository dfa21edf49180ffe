// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/elided_label.h"

#include <QEvent>
#include <QPainter>
#include <QTextDocument>

namespace dnm {

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent) {
  setTextFormat(Qt::PlainText);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  setText(" ");  // one line high from the start
}

void ElidedLabel::show_text(const QString& text) {
  const QString shown = text.isEmpty() ? QStringLiteral(" ") : text;
  if (shown == this->text()) return;
  setText(shown);
  setToolTip(Qt::mightBeRichText(text) ? "<qt>" + text.toHtmlEscaped() + "</qt>" : text);
}

QSize ElidedLabel::minimumSizeHint() const {
  return {fontMetrics().horizontalAdvance(QStringLiteral("…")), QLabel::minimumSizeHint().height()};
}

bool ElidedLabel::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip && fontMetrics().horizontalAdvance(text()) <= contentsRect().width()) {
    event->ignore();  // what is around it may have something to say
    return true;
  }
  return QLabel::event(event);
}

void ElidedLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(palette().color(foregroundRole()));
  painter.drawText(contentsRect(), static_cast<int>(alignment()),
                   fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width()));
}

}  // namespace dnm
