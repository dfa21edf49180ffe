// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "app/workspace/drawn_histogram.h"

namespace dnm {

/// The histogram of what a distribution became, as one low line: its axis from 0 to a round number, a line at the mean
/// and a band of one standard deviation to both sides of it. Tool tip and accessible description have the numbers.
class HistogramView : public QWidget {
  Q_OBJECT
 public:
  /// `name`: of what is drawn, for screen readers.
  HistogramView(const QString& id, const QString& name, QWidget* parent);

  /// Hides the view if there is nothing to show.
  void show_histogram(std::optional<DrawnHistogram> histogram);
  [[nodiscard]] const std::optional<DrawnHistogram>& histogram() const { return histogram_; }
  /// The part of the widget that the axis spans.
  [[nodiscard]] QRectF plot() const;

  [[nodiscard]] QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  [[nodiscard]] QFont label_font() const;

  std::optional<DrawnHistogram> histogram_;
};

}  // namespace dnm
