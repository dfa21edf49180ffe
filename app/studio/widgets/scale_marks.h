// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSlider>
#include <QWidget>
#include <vector>

#include "core/parameters/range_scale.h"

namespace dnm {

/// The numbers that a range marks, below its slider: a tick and a label each, shares in per cent. A click on one
/// chooses it. As wide as the slider, and hidden where the range has no marks.
class ScaleMarks : public QWidget {
  Q_OBJECT
 public:
  ScaleMarks(const QSlider& slider, QWidget* parent);
  void show_marks(const Range& range, const RangeScale& scale);
  /// Where the middle of the handle is when it is at the mark, in pixels from the left.
  [[nodiscard]] int place_of(std::size_t mark) const;

  [[nodiscard]] QSize sizeHint() const override;

 Q_SIGNALS:
  void chosen(double number);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  struct Mark {
    double number;
    int position;
    QString label;
  };
  [[nodiscard]] QFont label_font() const;
  [[nodiscard]] QRect label_area(std::size_t mark) const;

  const QSlider& slider_;
  std::vector<Mark> marks_;
};

}  // namespace dnm
