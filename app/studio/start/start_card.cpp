// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/start/start_card.h"

#include <QEvent>
#include <QPainter>
#include <QStringList>
#include <QTextLayout>
#include <QTextOption>

namespace dnm {

namespace {

constexpr int margin = 7;
constexpr int gap = 5;
constexpr int name_lines = 2;
constexpr double roundness = 6.0;

QFont bold(QFont font) {
  font.setBold(true);
  return font;
}

/// The words in at most so many lines of this width; what does not fit into the last one ends in dots.
QStringList lines_of(const QString& words, const QFont& font, int width, int most) {
  QTextLayout layout(words, font);
  QTextOption option;
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  layout.setTextOption(option);
  QStringList lines;
  layout.beginLayout();
  for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
    line.setLineWidth(width);
    if (lines.size() + 1 == most) {
      lines += QFontMetrics(font).elidedText(words.mid(line.textStart()), Qt::ElideRight, width);
      break;
    }
    lines += words.mid(line.textStart(), line.textLength()).trimmed();
  }
  layout.endLayout();
  return lines;
}

}  // namespace

StartCard::StartCard(const QString& name, const QString& words, QWidget* parent)
    : QAbstractButton(parent), words_(words) {
  setText(name);
  setAccessibleName(name);
  setAccessibleDescription(words);
  setCursor(Qt::PointingHandCursor);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setFixedSize(sizeHint());
}

QSize StartCard::sizeHint() const {
  return picture_size() + QSize(2 * margin, 2 * margin + gap + (name_lines + 1) * fontMetrics().height() + 2);
}

void StartCard::set_picture(const QImage& picture) {
  picture_ = picture;
  is_painted_ = true;
  update();
}

void StartCard::forget_picture() { is_painted_ = false; }

void StartCard::set_problem(const QString& problem) {
  problem_ = problem;
  setEnabled(problem.isEmpty());
  setAccessibleDescription(problem.isEmpty() ? words_ : problem);
  update();
}

void StartCard::enterEvent(QEnterEvent* event) {
  QAbstractButton::enterEvent(event);
  update();
}

void StartCard::leaveEvent(QEvent* event) {
  QAbstractButton::leaveEvent(event);
  update();
}

bool StartCard::event(QEvent* event) {
  if (event->type() == QEvent::FontChange) setFixedSize(sizeHint());
  return QAbstractButton::event(event);
}

void StartCard::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const bool is_lit = isEnabled() && (underMouse() || hasFocus());
  const QColor accent = palette().color(QPalette::Highlight);
  const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
  QColor ground = palette().color(QPalette::Base);
  painter.setPen(QPen(is_lit ? accent : palette().color(QPalette::Mid), is_lit ? 1.6 : 0.8));
  painter.setBrush(ground);
  painter.drawRoundedRect(frame, roundness, roundness);
  if (isDown()) {
    ground = accent;
    ground.setAlpha(40);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(frame, roundness, roundness);
  }

  const QRect area(QPoint(margin, margin), picture_size());
  if (picture_.isNull()) {
    QColor faint = palette().color(QPalette::Mid);
    faint.setAlpha(70);
    painter.setPen(Qt::NoPen);
    painter.setBrush(faint);
    painter.drawRoundedRect(area, 3.0, 3.0);
  } else {
    painter.setOpacity(isEnabled() ? 1.0 : 0.35);
    painter.drawImage(area, picture_);
    painter.setOpacity(1.0);
  }

  const QColor ink = palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::Text);
  const int width = picture_size().width(), line = fontMetrics().height();
  const int top = area.bottom() + 1 + gap;
  painter.setFont(bold(font()));
  painter.setPen(ink);
  int y = top;
  for (const QString& part : lines_of(text(), painter.font(), width, name_lines)) {
    painter.drawText(QRect(margin, y, width, line), Qt::AlignLeft | Qt::AlignVCenter, part);
    y += line;
  }
  painter.setFont(font());
  painter.setPen(palette().color(QPalette::Active, QPalette::PlaceholderText));
  painter.drawText(QRect(margin, y + 2, width, line), Qt::AlignLeft | Qt::AlignVCenter,
                   fontMetrics().elidedText(problem_.isEmpty() ? words_ : problem_, Qt::ElideRight, width));
}

}  // namespace dnm
