// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QImage>
#include <QString>

namespace dnm {

/// One thing to begin with: its picture, its name and a line of words below. Grey and not to be pressed, with the
/// reason in place of the words, where it cannot be opened.
class StartCard : public QAbstractButton {
  Q_OBJECT
 public:
  StartCard(const QString& name, const QString& words, QWidget* parent);

  /// Null: there is none, and its frame stays empty.
  void set_picture(const QImage& picture);
  /// To be painted again, say in other colours.
  void forget_picture();
  /// Its picture was set, be it none.
  [[nodiscard]] bool is_painted() const { return is_painted_; }
  [[nodiscard]] const QImage& picture() const { return picture_; }
  void set_problem(const QString& problem);
  [[nodiscard]] const QString& problem() const { return problem_; }
  [[nodiscard]] const QString& words() const { return words_; }

  [[nodiscard]] static QSize picture_size() { return {136, 102}; }
  [[nodiscard]] QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;
  bool event(QEvent* event) override;

 private:
  QImage picture_;
  bool is_painted_ = false;
  QString words_;
  QString problem_;
};

}  // namespace dnm
