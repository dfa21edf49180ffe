// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QWidget>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "app/workspace/experiments/sweep_charts.h"

namespace dnm {

/// A sweep on the screen: charts of one varied parameter, heat maps of two. A point is marked by pointer or arrow keys
/// in all of them, and chosen by a click or Return.
class SweepCanvas : public QWidget {
  Q_OBJECT
 public:
  explicit SweepCanvas(QWidget* parent);
  /// Null: says what to do. To be called again when its rows have grown.
  void show_sweep(std::shared_ptr<const Sweep> sweep);

  [[nodiscard]] std::optional<std::size_t> marked_point() const { return marked_; }
  /// Where the point is in the first picture.
  [[nodiscard]] QPointF place_of(std::size_t point) const;
  [[nodiscard]] QSize sizeHint() const override { return {560, 200}; }

 Q_SIGNALS:
  void marked();
  void chosen(std::size_t point);

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void draw_picture();
  void mark(std::optional<std::size_t> point);
  void paint_mark(QPainter& painter) const;
  [[nodiscard]] std::optional<std::size_t> point_at(QPointF position) const;
  /// The cell of a point in map `map`, in points.
  [[nodiscard]] Rectangle cell_of(std::size_t map, std::size_t point) const;

  std::shared_ptr<const Sweep> sweep_;
  SweepPictures pictures_;
  std::vector<double> places_;      ///< on the x axis, by points
  std::vector<std::size_t> order_;  ///< points from left to right
  std::vector<PlotArea> plots_;     ///< of the charts
  std::vector<Rectangle> cells_;    ///< of the maps
  QPixmap picture_;
  bool is_stale_ = true;
  std::optional<std::size_t> marked_;
};

}  // namespace dnm
