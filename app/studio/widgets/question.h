// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMessageBox>
#include <QObject>
#include <QPointer>
#include <QString>
#include <functional>
#include <vector>

namespace dnm {

/// One answer to a question.
struct Answer {
  QString text;  ///< of the button
  QMessageBox::ButtonRole role = QMessageBox::AcceptRole;
  std::function<void()> then;  ///< called after the dialog has closed
  bool is_default = false;     ///< Return presses its button; without one, Cancel's
};

/// Asks a question without blocking the program: a dialog with the answers and Cancel, which does nothing. One question
/// at a time.
class Question : public QObject {
  Q_OBJECT
 public:
  /// `owner`: once it is deleted, no answer is delivered.
  explicit Question(QObject* owner) : QObject(owner) {}

  /// Opens the dialog, whose objectName is `id`; while one is open already, raises that one instead.
  void ask(QWidget* window, const char* id, const QString& title, const QString& text, std::vector<Answer> answers);
  /// Calls `then` at once if there is no file of that name yet, else once the user agreed to replace it. Everything
  /// that writes a file the user has named asks by this.
  void ask_to_replace(QWidget* window, const QString& path, const std::function<void()>& then);
  [[nodiscard]] bool is_open() const;

 private:
  QPointer<QMessageBox> box_;
};

/// Opens a dialog with a text to read (plain or rich) and a button to close it, and returns it.
QMessageBox* show_text(QWidget* window, const char* id, const QString& title, const QString& text);

}  // namespace dnm
