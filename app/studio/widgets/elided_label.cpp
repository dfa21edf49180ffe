// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/elided_label.h"

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

void ElidedLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(palette().color(foregroundRole()));
  painter.drawText(contentsRect(), static_cast<int>(alignment()),
                   fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width()));
}

}  // namespace dnm
