// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointer>
#include <QStringList>
#include <QVBoxLayout>
#include <QWidget>

namespace dnm {

/// Messages at the top of the window, one line each, closed by the user. The newest is first; when there are too many,
/// the oldest are removed. history() keeps all of them.
class MessageBar : public QWidget {
  Q_OBJECT
 public:
  enum class Kind { problem, notice };
  explicit MessageBar(QWidget* parent);

  void show_message(Kind kind, const QString& sentence);
  /// The texts shown now, newest first.
  [[nodiscard]] QStringList messages() const;
  /// All messages so far, oldest first.
  [[nodiscard]] const QStringList& history() const { return history_; }
  void clear();

 private:
  void remove(QWidget* line);

  QVBoxLayout* column_;
  QList<QWidget*> lines_;  ///< newest first
  QStringList history_;
};

}  // namespace dnm
