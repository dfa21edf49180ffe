// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/start/tour.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "app/studio/widgets/reveal.h"

namespace dnm {

namespace {

constexpr int words_width = 270;
constexpr int around = 5;   // from the control to the frame
constexpr int beside = 12;  // from the frame to the words

/// A frame that is no obstacle.
class Ring : public QWidget {
 public:
  explicit Ring(QWidget* window) : QWidget(window) {
    setObjectName("tour-ring");
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    hide();
  }

 protected:
  void paintEvent(QPaintEvent* /*event*/) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2.5));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6.0, 6.0);
  }
};

}  // namespace

Tour::Tour(std::vector<TourStep> steps, QWidget* window)
    : QFrame(window), steps_(std::move(steps)), ring_(new Ring(window)) {
  setObjectName("tour");
  setAccessibleName(tr("Tour"));
  setFocusPolicy(Qt::StrongFocus);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(14, 12, 14, 12);
  column->setSpacing(8);
  title_ = new QLabel(this);
  QFont bold = title_->font();
  bold.setBold(true);
  title_->setFont(bold);
  column->addWidget(title_);
  words_ = new QLabel(this);
  words_->setObjectName("tour-words");
  words_->setWordWrap(true);
  column->addWidget(words_);
  line_ = new QHBoxLayout;
  count_ = new QLabel(this);
  count_->setForegroundRole(QPalette::PlaceholderText);
  line_->addWidget(count_, 1);
  const auto button = [&](const char* name, const QString& meaning) {
    auto* made = new QPushButton(this);
    made->setObjectName(name);
    made->setAccessibleName(meaning);
    line_->addWidget(made);
    return made;
  };
  auto* end = button("tour-end", tr("End the tour"));
  end->setText(tr("End"));
  back_ = button("tour-back", tr("The step before"));
  back_->setText(tr("Back"));
  next_ = button("tour-next", tr("The next step"));
  column->addLayout(line_);
  connect(end, &QPushButton::clicked, this, &Tour::end);
  connect(back_, &QPushButton::clicked, this, [this] { go_to(step_ - 1); });
  connect(next_, &QPushButton::clicked, this, [this] { step_ + 1 < steps_.size() ? go_to(step_ + 1) : this->end(); });
  hide();
}

void Tour::start() { go_to(0); }

void Tour::end() {
  watch(nullptr);
  ring_->hide();
  hide();
}

void Tour::done(std::size_t step) {
  if (!is_shown() || step != step_) return;
  step + 1 < steps_.size() ? go_to(step + 1) : end();
}

void Tour::go_to(std::size_t step) {
  if (step >= steps_.size() || !steps_[step].control) return end();
  step_ = step;
  const TourStep& shown = steps_[step_];
  reveal(*shown.control);
  watch(shown.control);
  title_->setText(shown.title);
  words_->setText(shown.words);
  setAccessibleDescription(shown.title + ". " + shown.words);
  count_->setText(tr("%1 of %2").arg(step_ + 1).arg(steps_.size()));
  back_->setEnabled(step_ > 0);
  next_->setText(step_ + 1 < steps_.size() ? tr("Next") : tr("Done"));
  place();
  ring_->show();
  show();
  come_on_top();
  next_->setFocus();
}

void Tour::come_on_top() {
  ring_->raise();
  raise();
}

void Tour::watch(QWidget* control) {
  for (const QPointer<QObject>& before : std::exchange(watched_, {}))
    if (before) before->removeEventFilter(this);
  // Panels are moved and scrolled: whatever is around the control can take it elsewhere.
  for (QWidget* above = control; above; above = above->parentWidget()) {
    above->installEventFilter(this);
    watched_.emplace_back(above);
    if (above == parentWidget()) break;
  }
}

void Tour::place() {
  const QWidget* control = steps_[step_].control;
  QWidget* window = parentWidget();
  if (!control) return end();
  const QRect at = QRect(control->mapTo(window, QPoint()), control->size());
  const QRect frame = at.adjusted(-around, -around, around, around);
  ring_->setGeometry(frame);
  ring_->setVisible(control->isVisible());
  // As wide as the buttons, where these need more: the height is that of the words in the width that they have.
  words_->setFixedWidth(std::max(words_width, line_->sizeHint().width()));
  const int width = sizeHint().width();
  const QSize size(width, layout()->totalHeightForWidth(width));
  const QRect room = window->rect().adjusted(beside, beside, -beside, -beside);
  // Right, left, above or below: the first place that has room.
  const int middle_x = frame.center().x() - size.width() / 2, middle_y = frame.center().y() - size.height() / 2;
  const QPoint places[] = {{frame.right() + beside, middle_y},
                           {frame.left() - beside - size.width(), middle_y},
                           {middle_x, frame.top() - beside - size.height()},
                           {middle_x, frame.bottom() + beside}};
  QRect words;
  for (const QPoint& place : places) {
    words = QRect(place, size);
    words.moveLeft(std::clamp(words.left(), room.left(), std::max(room.left(), room.right() - size.width())));
    words.moveTop(std::clamp(words.top(), room.top(), std::max(room.top(), room.bottom() - size.height())));
    if (!words.intersects(frame)) break;
  }
  setGeometry(words);
}

bool Tour::eventFilter(QObject* watched, QEvent* event) {
  switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::Hide:
    // Where docks are arranged anew, the window adopts them and the pictures again, which lays them over the tour.
    case QEvent::ChildAdded:
      if (is_shown())
        QMetaObject::invokeMethod(
            this,
            [this] {
              if (!is_shown()) return;
              place();
              come_on_top();
            },
            Qt::QueuedConnection);
      break;
    default:
      break;
  }
  return QFrame::eventFilter(watched, event);
}

void Tour::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return end();
  QFrame::keyPressEvent(event);
}

void Tour::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.fillRect(rect(), palette().color(QPalette::Base));
  painter.setPen(QPen(palette().color(QPalette::Highlight), 1.0));
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace dnm
