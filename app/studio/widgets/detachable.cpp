// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/detachable.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

namespace dnm {

namespace {
constexpr double share_of_screen = 0.75;
}

Detachable::Detachable(QWidget* content, const QString& title, QWidget* parent)
    : QStackedWidget(parent), content_(content), window_(new QWidget(this, Qt::Window)), action_(new QAction(this)) {
  addWidget(content_);
  auto* place = new QWidget(this);
  auto* column = new QVBoxLayout(place);
  column->addStretch(1);
  auto* words = new QLabel(tr("In a window of its own"), place);
  words->setForegroundRole(QPalette::PlaceholderText);
  column->addWidget(words, 0, Qt::AlignHCenter);
  auto* back = new QPushButton(tr("Bring Back"), place);
  back->setObjectName(content_->objectName() + "-back");
  back->setAccessibleName(tr("Bring back: %1").arg(title));
  column->addWidget(back, 0, Qt::AlignHCenter);
  column->addStretch(1);
  addWidget(place);

  window_->setObjectName(content_->objectName() + "-window");
  window_->setAccessibleName(title);
  window_->setWindowTitle(title);
  auto* line = new QVBoxLayout(window_);
  line->setContentsMargins(10, 10, 10, 10);
  window_->resize(screen()->availableSize() * share_of_screen);
  window_->addAction(action_);  // its key brings it back from there
  window_->installEventFilter(this);

  action_->setCheckable(true);
  connect(action_, &QAction::toggled, this, &Detachable::set_detached);
  connect(back, &QPushButton::clicked, action_, [this] { action_->setChecked(false); });
}

void Detachable::set_detached(bool detached) {
  if (detached) {
    window_->layout()->addWidget(content_);
    content_->show();  // the stack hides what leaves it
    setCurrentIndex(0);
    window_->show();
    window_->raise();
    window_->activateWindow();
  } else {
    window_->hide();
    insertWidget(0, content_);
    setCurrentIndex(0);
  }
}

bool Detachable::eventFilter(QObject* watched, QEvent* event) {
  if (watched == window_ && event->type() == QEvent::Close) action_->setChecked(false);
  return QStackedWidget::eventFilter(watched, event);
}

}  // namespace dnm
