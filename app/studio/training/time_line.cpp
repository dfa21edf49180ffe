// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/time_line.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "app/studio/widgets/escape_key.h"
#include "app/studio/widgets/text.h"
#include "core/support/digits.h"

namespace dnm {

namespace {

constexpr double side = 8.0;         // left and right of the line: half of the handle, and its ring
constexpr double text_side = 5.0;    // left and right of the words, clear of the frame that shows the focus
constexpr double tick_height = 7.0;  // of updates
constexpr double handle_radius = 5.5, mark_radius = 4.5;
constexpr int room_for_line = 18;  // below the words
constexpr std::ptrdiff_t page = 10;

}  // namespace

TimeLine::TimeLine(QWidget* parent) : QWidget(parent) {
  setObjectName("time-line");
  setAccessibleName(tr("Time line of the updates of the run's links"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize TimeLine::sizeHint() const { return {240, fontMetrics().height() + room_for_line}; }

QSize TimeLine::minimumSizeHint() const { return {80, sizeHint().height()}; }

void TimeLine::set_moments(std::vector<RunMoment> moments, std::uint64_t last_step) {
  if (moments == moments_ && last_step == last_step_) return;
  moments_ = std::move(moments);
  last_step_ = last_step;
  setAccessibleDescription(words());
  update();
}

void TimeLine::set_shown(std::optional<std::uint64_t> update_shown, std::uint64_t compared) {
  if (update_shown == shown_ && compared == compared_) return;
  shown_ = update_shown;
  compared_ = compared;
  setAccessibleDescription(words());
  update();
}

double TimeLine::place_of(std::uint64_t update) const {
  const RunMoment* at = moment(update);
  const std::uint64_t end = std::max(last_step_, moments_.empty() ? 0 : moments_.back().step);
  if (at == nullptr || end == 0) return side;
  return side + (width() - 2.0 * side) * static_cast<double>(at->step) / static_cast<double>(end);
}

const RunMoment* TimeLine::moment(std::uint64_t update) const {
  const auto found = std::ranges::lower_bound(moments_, update, {}, &RunMoment::update);
  return found != moments_.end() && found->update == update ? &*found : nullptr;
}

std::uint64_t TimeLine::nearest(double x) const {
  const auto distance = [&](const RunMoment& one) { return std::abs(place_of(one.update) - x); };
  return std::ranges::min_element(moments_, {}, distance)->update;
}

std::uint64_t TimeLine::stepped(std::uint64_t update, std::ptrdiff_t count) const {
  const auto place = std::ranges::lower_bound(moments_, update, {}, &RunMoment::update) - moments_.begin();
  const auto last = static_cast<std::ptrdiff_t>(moments_.size()) - 1;
  return moments_[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(place + count, 0, last))].update;
}

QString TimeLine::words() const {
  if (moments_.empty() || moments_.back().update == 0) return tr("no update of the links yet");
  const std::uint64_t last = moments_.back().update;
  const RunMoment* at = handle() ? moment(*handle()) : nullptr;
  if (at == nullptr) return tr("%1 of the links; click to show one").arg(translated(counted(last, "update")));
  return translated(moment_text(*at, last, mark()));
}

std::optional<std::uint64_t> TimeLine::handle() const {
  if (!shown_ || moments_.empty()) return shown_;
  return std::min(*shown_, moments_.back().update);
}

std::uint64_t TimeLine::mark() const {
  // What is compared with the update before goes on to be.
  const std::uint64_t lag = shown_ ? *shown_ - handle().value_or(*shown_) : 0;
  return compared_ + 1 == shown_ ? compared_ - std::min(lag, compared_) : compared_;
}

void TimeLine::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QPalette::ColorGroup group = isEnabled() ? QPalette::Active : QPalette::Disabled;
  const QColor ink = palette().color(group, QPalette::WindowText), ground = palette().color(group, QPalette::Window);
  const QColor accent = palette().color(group, QPalette::Highlight);
  QColor faint = ink;
  faint.setAlphaF(0.55F);

  const int text_height = fontMetrics().height();
  painter.setPen(ink);
  painter.drawText(QRectF(text_side, 1.0, width() - 2.0 * text_side, text_height), Qt::AlignLeft | Qt::AlignVCenter,
                   fontMetrics().elidedText(words(), Qt::ElideRight, width() - static_cast<int>(2.0 * text_side)));

  const double middle = text_height + 0.5 * room_for_line;
  painter.setPen(QPen(faint, 1.0));
  painter.drawLine(QPointF(side, middle), QPointF(width() - side, middle));
  // Ticks that fall on one pixel are one.
  int painted = -1;
  for (const RunMoment& one : moments_) {
    const int x = static_cast<int>(std::lround(place_of(one.update)));
    if (std::exchange(painted, x) == x) continue;
    const double height = one.update == 0 ? 1.4 * tick_height : tick_height;
    painter.drawLine(QPointF(x + 0.5, middle - 0.5 * height), QPointF(x + 0.5, middle + 0.5 * height));
  }
  if (const auto at = handle(); at && moment(*at) != nullptr) {
    const double here = place_of(*at), there = place_of(mark());
    painter.setPen(QPen(accent, 3.0));
    painter.drawLine(QPointF(there, middle), QPointF(here, middle));
    if (mark() != *at) {
      painter.setPen(QPen(accent, 1.6));
      painter.setBrush(ground);
      painter.drawPolygon(QPolygonF({{there - mark_radius, middle},
                                     {there, middle - mark_radius},
                                     {there + mark_radius, middle},
                                     {there, middle + mark_radius}}));
    }
    painter.setPen(QPen(ground, 1.2));
    painter.setBrush(accent);
    painter.drawEllipse(QPointF(here, middle), handle_radius, handle_radius);
  }
  if (hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(accent, 1.2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.6, 0.6, -0.6, -0.6), 3.0, 3.0);
  }
}

void TimeLine::drag_to(double x) {
  const std::uint64_t update = nearest(x);
  if (dragged_ == Dragged::mark) {
    if (update != mark()) Q_EMIT compared(update, true);
  } else if (update != handle()) {
    Q_EMIT moved(update, true);
  }
}

void TimeLine::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || moments_.empty()) return QWidget::mousePressEvent(event);
  const bool is_mark = event->modifiers().testFlag(Qt::ShiftModifier) && shown_;
  dragged_ = is_mark ? Dragged::mark : Dragged::handle;
  drag_to(event->position().x());
}

void TimeLine::mouseMoveEvent(QMouseEvent* event) {
  if (dragged_ != Dragged::nothing && !moments_.empty()) drag_to(event->position().x());
}

void TimeLine::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || std::exchange(dragged_, Dragged::nothing) == Dragged::nothing) return;
  Q_EMIT released();
}

void TimeLine::keyPressEvent(QKeyEvent* event) {
  const bool is_mark = event->modifiers().testFlag(Qt::ShiftModifier);
  if (moments_.empty() || (is_mark && !shown_)) return QWidget::keyPressEvent(event);
  const std::uint64_t from = is_mark ? mark() : handle().value_or(0);
  std::uint64_t to = from;
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
      to = stepped(from, -1);
      break;
    case Qt::Key_Right:
    case Qt::Key_Up:
      to = stepped(from, 1);
      break;
    case Qt::Key_PageDown:
      to = stepped(from, -page);
      break;
    case Qt::Key_PageUp:
      to = stepped(from, page);
      break;
    case Qt::Key_Home:
      to = moments_.front().update;
      break;
    case Qt::Key_End:
      to = moments_.back().update;
      break;
    case Qt::Key_Escape:
    case Qt::Key_Delete:
      Q_EMIT compared(std::nullopt, false);
      return;
    default:
      return QWidget::keyPressEvent(event);
  }
  if (is_mark) {
    if (to != from) Q_EMIT compared(to, false);
  } else if (handle() != to) {
    Q_EMIT moved(to, false);
  }
}

void TimeLine::contextMenuEvent(QContextMenuEvent* event) {
  if (moments_.empty() || !shown_) return;
  const std::uint64_t update = event->reason() == QContextMenuEvent::Mouse ? nearest(event->x()) : *handle();
  auto* menu = new QMenu(this);
  menu->setObjectName("time-line-menu");
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const bool first = update == 0;
  const QString number = QString::number(update);
  const auto add = [&](const char* id, const QString& text, auto act) {
    QAction* action = menu->addAction(text);
    action->setObjectName(id);
    connect(action, &QAction::triggered, this, act);
  };
  add("time-line-show", first ? tr("Show the Start") : tr("Show Update %1").arg(number),
      [this, update] { Q_EMIT moved(update, false); });
  add("time-line-compare", first ? tr("Compare with the Start") : tr("Compare with Update %1").arg(number),
      [this, update] { Q_EMIT compared(update, false); });
  add("time-line-compare-before", tr("Compare with the One Before"), [this] { Q_EMIT compared(std::nullopt, false); });
  menu->addSeparator();
  add("time-line-use", first ? tr("Use the Network of the Start") : tr("Use the Network of Update %1").arg(number),
      [this, update] { Q_EMIT used(update); });
  menu->popup(event->globalPos());
}

bool TimeLine::event(QEvent* event) {
  if (takes_escape(*event, !moments_.empty() && shown_)) return true;
  if (event->type() == QEvent::ToolTip && !moments_.empty()) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const RunMoment& at = *moment(nearest(help->pos().x()));
    QString text = translated(moment_text(at, moments_.back().update));
    if (at.update > 0) {
      text += ": " + tr("%1 removed, %2 new, %3")
                         .arg(to_qt(with_commas(at.removed)), to_qt(with_commas(at.grown)),
                              translated(counted(at.links, "link")));
    }
    text +=
        "\n" + tr("Click or drag to show an update, Shift-click to compare with one.\n"
                  "Keys: ← → by one, Page Up and Down by ten, Home, End; with Shift for the comparison, Esc ends it.");
    QToolTip::showText(help->globalPos(), text, this);
    return true;
  }
  return QWidget::event(event);
}

}  // namespace dnm
