// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/message_bar.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>
#include <algorithm>

#include "app/studio/widgets/icons.h"

namespace dnm {

namespace {
constexpr qsizetype most_lines = 4;

/// With a capital, unless the first word is a file's name.
QString as_sentence(QString text) {
  const QString first = text.section(' ', 0, 0);
  if (std::all_of(first.begin(), first.end(), [](QChar c) { return c.isLetter(); })) text[0] = text[0].toUpper();
  return text;
}

}  // namespace

MessageBar::MessageBar(QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)) {
  setObjectName("messages");
  setAccessibleName("Messages");
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(3);
  hide();
}

void MessageBar::show_message(Kind kind, const QString& sentence) {
  if (sentence.isEmpty()) return;
  const QString text = as_sentence(sentence);
  history_ += text;
  for (QWidget* line : QList<QWidget*>(lines_))
    if (line->property("text").toString() == text) remove(line);  // repeated: move it to the front

  auto* line = new QFrame(this);
  line->setObjectName("message");
  line->setProperty("text", text);
  line->setAccessibleName(text);
  line->setFrameShape(QFrame::StyledPanel);
  line->setAutoFillBackground(true);
  const QColor base = palette().color(QPalette::Base);
  const QColor tint = kind == Kind::problem ? QColor(213, 94, 0) : QColor(0, 114, 178);
  QPalette tinted = line->palette();
  const auto mix = [](int a, int b) { return (a * 82 + b * 18) / 100; };
  tinted.setColor(QPalette::Window,
                  QColor(mix(base.red(), tint.red()), mix(base.green(), tint.green()), mix(base.blue(), tint.blue())));
  line->setPalette(tinted);
  auto* layout = new QHBoxLayout(line);
  layout->setContentsMargins(10, 4, 6, 4);
  layout->setSpacing(8);
  auto* icon = new QLabel(line);
  const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
  icon->setPixmap(
      style()
          ->standardIcon(kind == Kind::problem ? QStyle::SP_MessageBoxWarning : QStyle::SP_MessageBoxInformation)
          .pixmap(size, size));
  layout->addWidget(icon, 0, Qt::AlignTop);
  auto* label = new QLabel(text, line);
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  layout->addWidget(label, 1);
  auto* close = new QToolButton(line);
  close->setObjectName("message-close");
  close->setAccessibleName("Close this message");
  close->setIcon(make_icon(Sign::close, *close));
  close->setAutoRaise(true);
  connect(close, &QToolButton::clicked, line, [this, line] { remove(line); });
  layout->addWidget(close, 0, Qt::AlignTop);
  column_->insertWidget(0, line);
  lines_.prepend(line);
  while (lines_.size() > most_lines) remove(lines_.back());
  show();
}

QStringList MessageBar::messages() const {
  QStringList texts;
  for (const QWidget* line : lines_) texts += line->property("text").toString();
  return texts;
}

void MessageBar::clear() {
  for (QWidget* line : QList<QWidget*>(lines_)) remove(line);
}

void MessageBar::remove(QWidget* line) {
  lines_.removeOne(line);
  column_->removeWidget(line);
  line->hide();
  line->deleteLater();
  setVisible(!lines_.isEmpty());
}

}  // namespace dnm
