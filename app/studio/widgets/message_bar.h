// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>
#include <QFrame>
#include <QGraphicsOpacityEffect>
#include <QLabel>
#include <QList>
#include <QPropertyAnimation>
#include <QStringList>
#include <QTimer>
#include <QToolButton>

namespace dnm {

/// One line over the lower edge of its parent, which it does not move: the newest message, and how many others there
/// are. A problem stays until it is closed or over; a notice, and why an input was rejected, fade after some seconds,
/// but not while the pointer is on it. A notice that is longer than the line is shortened, with all of it in the tool
/// tip; a problem is never. history() keeps all of them.
class MessageBar : public QFrame {
  Q_OBJECT
 public:
  enum class Kind { problem, rejection, notice };
  explicit MessageBar(QWidget* parent);

  /// `file`: what was written, if the message is about that; its folder can be opened then.
  void show_message(Kind kind, const QString& sentence, const QString& file = {});
  /// What this message says is over; nothing if it is not shown any more.
  void withdraw(const QString& sentence);
  /// Those that are still to be read, newest first; the first is shown.
  [[nodiscard]] QStringList messages() const;
  /// All messages so far, oldest first.
  [[nodiscard]] const QStringList& history() const { return history_; }
  void clear();
  void set_notice_time(int milliseconds) { notice_milliseconds_ = milliseconds; }
  /// The message that is shown is on its way out.
  [[nodiscard]] bool is_fading() const { return fade_.state() == QAbstractAnimation::Running; }

 Q_SIGNALS:
  /// The user wants to read all of them.
  void all_requested();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Message {
    Kind kind;
    QString text;
    QString file;
    QDeadlineTimer until;
  };
  void close_first();
  void drop_expired();
  void stop_fading();
  void show_first();
  void place();

  QList<Message> waiting_;  ///< newest first
  QStringList history_;
  int notice_milliseconds_ = 10000;
  QTimer clock_;
  QGraphicsOpacityEffect* opacity_;
  QPropertyAnimation fade_;
  QLabel* icon_;
  QLabel* text_;
  QToolButton* folder_;
  QToolButton* others_;
};

}  // namespace dnm
