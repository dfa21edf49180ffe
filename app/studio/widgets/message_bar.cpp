// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/message_bar.h"

#include <QDesktopServices>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QStyle>
#include <QUrl>
#include <algorithm>

#include "app/studio/widgets/icons.h"

namespace dnm {

namespace {
constexpr int margin = 8;
constexpr int widest = 900;
constexpr int clock_milliseconds = 250;
constexpr int fade_milliseconds = 600;

/// With a capital, unless the first word is a file's name.
QString as_sentence(QString text) {
  if (text.isEmpty()) return text;
  const QString first = text.section(' ', 0, 0);
  if (std::all_of(first.begin(), first.end(), [](QChar c) { return c.isLetter(); })) text[0] = text[0].toUpper();
  return text;
}

QToolButton* make_button(const char* id, const QString& name, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setObjectName(id);
  button->setAccessibleName(name);
  button->setAutoRaise(true);
  return button;
}

}  // namespace

MessageBar::MessageBar(QWidget* parent) : QFrame(parent) {
  setObjectName("messages");
  setFrameShape(QFrame::StyledPanel);
  setAutoFillBackground(true);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(10, 4, 6, 4);
  layout->setSpacing(8);
  icon_ = new QLabel(this);
  layout->addWidget(icon_, 0, Qt::AlignTop);
  text_ = new QLabel(this);
  text_->setObjectName("message");
  text_->setWordWrap(true);
  text_->setTextFormat(Qt::PlainText);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  layout->addWidget(text_, 1);
  folder_ = make_button("message-folder", tr("Show the file in its folder"), this);
  folder_->setText(tr("Show in Folder"));
  connect(folder_, &QToolButton::clicked, this, [this] {
    if (waiting_.isEmpty()) return;
    QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(waiting_.front().file).absolutePath()));
  });
  layout->addWidget(folder_, 0, Qt::AlignTop);
  others_ = make_button("message-others", tr("Show all messages"), this);
  others_->setToolTip(tr("Show all messages so far"));
  connect(others_, &QToolButton::clicked, this, &MessageBar::all_requested);
  layout->addWidget(others_, 0, Qt::AlignTop);
  QToolButton* close = make_button("message-close", tr("Close this message"), this);
  set_sign(*close, Sign::close);
  close->setToolTip(tr("Close this message"));
  connect(close, &QToolButton::clicked, this, &MessageBar::close_first);
  layout->addWidget(close, 0, Qt::AlignTop);
  clock_.setInterval(clock_milliseconds);
  connect(&clock_, &QTimer::timeout, this, &MessageBar::drop_expired);
  parent->installEventFilter(this);
  opacity_ = new QGraphicsOpacityEffect(this);
  opacity_->setEnabled(false);  // it costs a picture of the bar for each painting
  setGraphicsEffect(opacity_);
  fade_.setTargetObject(opacity_);
  fade_.setPropertyName("opacity");
  fade_.setDuration(fade_milliseconds);
  fade_.setStartValue(1.0);
  fade_.setEndValue(0.0);
  connect(&fade_, &QPropertyAnimation::finished, this, &MessageBar::close_first);
  hide();
}

void MessageBar::show_message(Kind kind, const QString& sentence, const QString& file) {
  if (sentence.isEmpty()) return;
  const QString text = as_sentence(sentence);
  history_ += text;
  waiting_.removeIf([&](const Message& message) { return message.text == text; });  // repeated: it moves to the front
  waiting_.prepend(
      {kind, text, file,
       kind == Kind::problem ? QDeadlineTimer(QDeadlineTimer::Forever) : QDeadlineTimer(notice_milliseconds_)});
  clock_.start();
  show_first();
}

void MessageBar::withdraw(const QString& sentence) {
  const QString text = as_sentence(sentence);
  if (waiting_.removeIf([&](const Message& message) { return message.text == text; }) > 0) show_first();
}

QStringList MessageBar::messages() const {
  QStringList texts;
  for (const Message& message : waiting_) texts += message.text;
  return texts;
}

void MessageBar::clear() {
  waiting_.clear();
  show_first();
}

void MessageBar::close_first() {
  if (!waiting_.isEmpty()) waiting_.removeFirst();
  show_first();
}

void MessageBar::drop_expired() {
  if (waiting_.isEmpty()) return clock_.stop();
  if (isVisible() && underMouse()) return stop_fading();
  const auto behind = std::remove_if(waiting_.begin() + 1, waiting_.end(),
                                     [](const Message& message) { return message.until.hasExpired(); });
  if (behind != waiting_.end()) {
    waiting_.erase(behind, waiting_.end());
    show_first();
  }
  if (waiting_.front().until.hasExpired() && !is_fading()) {
    opacity_->setEnabled(true);
    fade_.start();
  }
  if (std::ranges::all_of(waiting_, [](const Message& message) { return message.until.isForever(); })) clock_.stop();
}

void MessageBar::stop_fading() {
  fade_.stop();
  opacity_->setEnabled(false);
}

void MessageBar::show_first() {
  stop_fading();
  if (waiting_.isEmpty()) return hide();
  const Message& first = waiting_.front();
  const bool problem = first.kind != Kind::notice;
  const QColor base = palette().color(QPalette::Base), tint = problem ? QColor(213, 94, 0) : QColor(0, 114, 178);
  const auto mix = [](int a, int b) { return (a * 82 + b * 18) / 100; };
  QPalette tinted;
  tinted.setColor(QPalette::Window,
                  QColor(mix(base.red(), tint.red()), mix(base.green(), tint.green()), mix(base.blue(), tint.blue())));
  setPalette(tinted);
  const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
  icon_->setPixmap(style()
                       ->standardIcon(problem ? QStyle::SP_MessageBoxWarning : QStyle::SP_MessageBoxInformation)
                       .pixmap(size, size));
  setAccessibleName(first.text);
  folder_->setVisible(!first.file.isEmpty());
  folder_->setToolTip(QFileInfo(first.file).absolutePath());
  others_->setVisible(waiting_.size() > 1);
  others_->setText(QStringLiteral("+%1").arg(waiting_.size() - 1));
  show();
  raise();
  place();
}

void MessageBar::place() {
  const QSize room = parentWidget()->size();
  const Message& first = waiting_.front();
  // The hint of a text that may wrap is a block; here it has the whole line that it needs.
  const int line = text_->fontMetrics().size(0, first.text).width() + 2;
  const int beside = sizeHint().width() - text_->sizeHint().width();
  const int width = std::min({room.width() - 2 * margin, widest, beside + line});
  // Where a file was written is at the end of a notice, what was done with it at the beginning.
  const bool is_whole = first.kind != Kind::notice || beside + line <= width;
  text_->setText(is_whole ? first.text
                          : text_->fontMetrics().elidedText(first.text, Qt::ElideMiddle, width - beside - 2));
  text_->setToolTip(is_whole ? QString() : first.text);
  const int height = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width) : sizeHint().height();
  setGeometry((room.width() - width) / 2, room.height() - height - margin, width, height);
}

bool MessageBar::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize && isVisible()) place();
  return QFrame::eventFilter(watched, event);
}

}  // namespace dnm
