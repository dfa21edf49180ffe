// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointer>
#include <QStringList>
#include <QVBoxLayout>
#include <QWidget>

namespace dnm {

/// What a person must know, on top of the window: one line each, closed by the person, never in the way. The newest
/// stands first; beyond a handful the oldest make room, and all of them are kept in history().
class MessageBar : public QWidget {
  Q_OBJECT
 public:
  enum class Kind { problem, notice };
  explicit MessageBar(QWidget* parent);

  void show_message(Kind kind, const QString& sentence);
  /// The texts shown now, newest first.
  [[nodiscard]] QStringList messages() const;
  /// Everything said so far, oldest first.
  [[nodiscard]] const QStringList& history() const { return history_; }
  void clear();

 private:
  void remove(QWidget* line);

  QVBoxLayout* column_;
  QList<QWidget*> lines_;  ///< newest first
  QStringList history_;
};

}  // namespace dnm
