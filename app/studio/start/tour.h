// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBoxLayout>
#include <QFrame>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QString>
#include <QWidget>
#include <cstddef>
#include <vector>

namespace dnm {

/// One step of a tour: a control of the window, and what is done with it.
struct TourStep {
  QPointer<QWidget> control;
  QString title;
  QString words;
};

/// Points at controls of a window, one after the other: a frame around each, and beside it what is done with it. The
/// controls can be used meanwhile.
class Tour : public QFrame {
  Q_OBJECT
 public:
  Tour(std::vector<TourStep> steps, QWidget* window);

  void start();
  void end();
  /// The step that is shown; nothing: none.
  [[nodiscard]] std::size_t step() const { return step_; }
  [[nodiscard]] bool is_shown() const { return !isHidden(); }
  /// What the step is about was done: the next one follows, if it is this one.
  void done(std::size_t step);
  void go_to(std::size_t step);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void watch(QWidget* control);
  /// Puts frame and words to where the control is now.
  void place();
  /// Before all other parts of the window.
  void come_on_top();

  std::vector<TourStep> steps_;
  std::size_t step_ = 0;
  std::vector<QPointer<QObject>> watched_;
  QWidget* ring_;
  QLabel* title_;
  QLabel* words_;
  QHBoxLayout* line_;  ///< of the buttons
  QLabel* count_;
  QPushButton* back_;
  QPushButton* next_;
};

}  // namespace dnm
