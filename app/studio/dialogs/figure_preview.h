// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QWidget>
#include <functional>

#include "app/studio/widgets/background.h"
#include "viz/figure/figure_module.h"

namespace dnm {

/// A figure as it will be printed: in its true size on this screen, or so that the page fits. Drawn in the background,
/// a moment after the last change.
class FigurePreviewArea : public QWidget {
  Q_OBJECT
 public:
  /// Makes the figure that is shown; called from the window's thread. Throws dnm::Error, which is shown instead.
  using Request = std::function<FigureRequest()>;
  FigurePreviewArea(Request request, QWidget* parent);

  /// Draws it again.
  void refresh();
  /// What is shown; null before the first.
  [[nodiscard]] const QImage& image() const { return image_; }

 Q_SIGNALS:
  /// What is to be known of the figure that is shown; empty: nothing.
  void noticed(const QString& text);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void draw();
  void show_image();
  void show_problem(const QString& text);
  /// Dots per inch of this screen: what its maker says, else what its fonts assume.
  [[nodiscard]] double screen_dpi() const;

  Request request_;
  QScrollArea* area_;
  QLabel* page_;
  QPushButton* true_size_;
  QTimer delay_;
  QImage image_;
  Background background_;
};

}  // namespace dnm
