// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training_chart.h"

#include <QFontInfo>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "viz/paper/paper_painter.h"
#include "viz/scenes/chart_scene.h"

namespace dnm {

namespace {

Color from_qt(const QColor& color) {
  return {static_cast<std::uint8_t>(color.red()), static_cast<std::uint8_t>(color.green()),
          static_cast<std::uint8_t>(color.blue()), static_cast<std::uint8_t>(color.alpha())};
}

QColor mixed(const QColor& one, const QColor& other, double share) {
  const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a * (1.0 - share) + b * share)); };
  return {mix(one.red(), other.red()), mix(one.green(), other.green()), mix(one.blue(), other.blue())};
}

// Okabe and Ito's colours, which stay apart for colour-blind readers; lighter ones on a dark window.
struct CurveColors {
  Color train, test, validation;
};
CurveColors curve_colors(bool dark) {
  if (dark) return {{86, 180, 233}, {240, 170, 60}, {80, 200, 160}};
  return {{0, 114, 178}, {196, 84, 0}, {0, 140, 105}};
}

}  // namespace

TrainingChart::TrainingChart(QWidget* parent) : QWidget(parent) {
  setObjectName("training-chart");
  setAccessibleName("Accuracy and loss over the epochs");
  setMinimumSize(280, 120);
}

void TrainingChart::show_epochs(const std::vector<EpochResult>& epochs, int epoch_count, double epoch_now,
                                double running_loss) {
  epochs_ = epochs;
  epoch_count_ = epoch_count;
  epoch_now_ = epoch_now;
  running_loss_ = running_loss;
  if (!epochs_.empty())
    setAccessibleDescription(QStringLiteral("Epoch %1: test accuracy %2 %")
                                 .arg(epochs_.back().epoch)
                                 .arg(100.0 * epochs_.back().test_accuracy, 0, 'f', 2));
  update();
}

void TrainingChart::paintEvent(QPaintEvent*) {
  const QColor base = palette().color(QPalette::Base);
  const QColor text = palette().color(QPalette::Text);
  const CurveColors colors = curve_colors(base.lightness() < 128);
  ChartCurve train{"train", {}, colors.train, 1.2};
  ChartCurve test{"test", {}, colors.test, 1.8};
  ChartCurve validation{"validation", {}, colors.validation, 1.2};
  ChartCurve loss{"train", {}, colors.train, 1.6};
  for (const EpochResult& epoch : epochs_) {
    const double x = epoch.epoch;
    train.points.push_back({x, epoch.train_accuracy});
    test.points.push_back({x, epoch.test_accuracy});
    if (epoch.validation_accuracy) validation.points.push_back({x, *epoch.validation_accuracy});
    loss.points.push_back({x, epoch.train_loss});
  }
  if (epoch_now_ > 0.0 && running_loss_ > 0.0 && std::isfinite(running_loss_))
    loss.points.push_back({epoch_now_, running_loss_});
  const double last_x = std::max(1, epoch_count_);

  QPainter painter(this);
  painter.fillRect(rect(), base);
  painter.setRenderHint(QPainter::Antialiasing);
  const double pixels_per_point = logicalDpiY() / 72.0;
  painter.scale(pixels_per_point, pixels_per_point);
  ChartStyle style;
  style.text_size = QFontInfo(font()).pixelSize() / pixels_per_point * 0.92;
  style.width = 0.5 * width() / pixels_per_point;
  style.height = height() / pixels_per_point;
  style.ink = from_qt(text);
  style.faint = from_qt(mixed(text, base, 0.4));
  style.grid = from_qt(mixed(text, base, 0.87));
  const Chart charts[] = {{"Accuracy", {train, validation, test}, 0.0, last_x, true},
                          {"Loss", {loss}, 0.0, last_x, false}};
  for (int i = 0; i < 2; ++i)
    paint_scene(painter, chart_scene(charts[i], style), QRectF(style.width * i, 0.0, style.width, style.height),
                PaperStyle::raster());
}

}  // namespace dnm
