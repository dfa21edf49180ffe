// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QString>
#include <QStringList>
#include <QWidget>
#include <optional>
#include <vector>

#include "app/studio/widgets/chart_zoom.h"
#include "viz/scenes/chart_scene.h"
#include "viz/scenes/comparison_scene.h"

namespace dnm {

/// A sample of a curve with its colour, dash and marker, from the left to the right of `area`.
void paint_curve_sample(QPainter& painter, const QRectF& area, const CurveLook& look, bool dark);

/// How charts look on a widget: its page, colours and letters.
[[nodiscard]] ChartStyle chart_style_of(const QWidget& widget);
/// A scene whose page is the whole widget, on the widget's own ground and in the pixels of its screen.
[[nodiscard]] QPixmap painted_page(const QWidget& widget, const Scene& scene);
/// Between places of the widget and points of that page.
[[nodiscard]] QPointF from_page(const QWidget& widget, Point point);
[[nodiscard]] Point to_page(const QWidget& widget, QPointF position);

/// Curves or a comparison on the screen. The picture is painted once for each change of data, size or colours; the mark
/// set by pointer or arrow keys (a line through an epoch, a row) is drawn over it. The wheel and a rubber band zoom
/// along the epochs, in all charts together; a double-click shows all. Keys: + and - zoom, 0 shows all.
class ChartCanvas : public QWidget {
  Q_OBJECT
 public:
  explicit ChartCanvas(QWidget* parent);
  void show_charts(std::vector<Chart> charts);
  void show_comparison(Comparison comparison);

  /// The line through the charts; nothing if there is none.
  [[nodiscard]] std::optional<int> marked_epoch() const { return epoch_; }
  /// The text about the marked epoch or row, line by line; empty if there is none.
  [[nodiscard]] QStringList marked_words() const;
  /// See ChartStyle::named_beside.
  void set_named_beside(bool named);
  /// The epochs that are seen of the charts; nothing: all of them.
  [[nodiscard]] const std::optional<ChartSpan>& zoom() const { return zoom_; }
  void set_zoom(const std::optional<ChartSpan>& zoom);
  /// How often the picture itself was painted; drawing the mark does not count.
  [[nodiscard]] int pictures_painted() const { return pictures_painted_; }
  [[nodiscard]] const std::vector<PlotArea>& plots() const { return plots_; }

  [[nodiscard]] QSize sizeHint() const override { return {560, 200}; }

 Q_SIGNALS:
  void zoom_changed();

 protected:
  bool event(QEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Line {
    QString name, value;
    std::optional<CurveLook> look{};
  };
  /// Asks for the height that its charts need to be read; one or two take what they get.
  void ask_for_height();
  [[nodiscard]] ChartStyle chart_style() const;
  void draw_picture();
  void mark(std::optional<int> epoch, std::size_t chart);
  void mark_row(std::optional<std::size_t> row);
  void clear_marks();
  /// The plot that has something to zoom under this position of the widget, and the value of its x axis there.
  struct Place {
    std::size_t plot;
    double x;
  };
  [[nodiscard]] std::optional<Place> place_at(QPointF position) const;
  void zoom_by(double factor, double about);
  [[nodiscard]] bool zoom_by_key(const QKeyEvent& event);
  void move_band(QPointF position);
  void paint_band(QPainter& painter) const;
  [[nodiscard]] std::vector<Line> marked_lines() const;
  void paint_marks(QPainter& painter) const;
  void paint_box(QPainter& painter, double beside) const;

  std::vector<Chart> charts_;
  std::optional<Comparison> comparison_;
  std::vector<PlotArea> plots_;
  std::vector<Rectangle> rows_;
  QPixmap picture_;
  bool is_stale_ = true;
  bool named_beside_ = false;
  int pictures_painted_ = 0;
  std::optional<ChartSpan> zoom_;
  /// A rubber band along the x axis of a plot: where it begins, and where the pointer is.
  struct Band {
    std::size_t plot;
    double from, to;
    QPointF pressed_at;
    bool is_drawn = false;
  };
  std::optional<Band> band_;
  std::optional<int> epoch_;
  std::size_t chart_ = 0;  ///< whose values are reported
  std::optional<std::size_t> row_;
};

}  // namespace dnm
