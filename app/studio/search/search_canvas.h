// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QWidget>
#include <cstddef>

#include "viz/scenes/parallel_scene.h"

namespace dnm {

/// Trials in parallel coordinates on the screen; a click near a line chooses it.
class SearchCanvas : public QWidget {
  Q_OBJECT
 public:
  explicit SearchCanvas(QWidget* parent);
  void show_plot(ParallelPlot plot);
  [[nodiscard]] const ParallelPlot& plot() const { return plot_; }
  /// Where a line meets an axis.
  [[nodiscard]] QPointF place_of(std::size_t line, std::size_t axis);
  [[nodiscard]] QSize sizeHint() const override { return {820, 300}; }

 Q_SIGNALS:
  void chosen(std::size_t line);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void draw_picture();

  ParallelPlot plot_;
  ParallelPicture drawn_;
  QPixmap picture_;
  bool is_stale_ = true;
};

}  // namespace dnm
