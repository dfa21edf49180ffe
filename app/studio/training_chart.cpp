// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training_chart.h"

#include <QFontInfo>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

#include "viz/paper/paper_painter.h"
#include "viz/scenes/chart_scene.h"
#include "viz/scenes/palette.h"

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

Color group_color(std::size_t index, bool dark) { return category_color(index, dark); }

TrainingChart::TrainingChart(QWidget* parent) : QWidget(parent) {
  setObjectName("training-chart");
  setAccessibleName("Accuracy and loss over the epochs");
  setMinimumSize(280, 120);
}

void TrainingChart::show_groups(std::vector<ChartedGroup> groups) {
  groups_ = std::move(groups);
  if (groups_.size() == 1 && !groups_[0].runs.empty() && !groups_[0].runs[0].empty()) {
    const EpochResult& last = groups_[0].runs[0].back();
    setAccessibleDescription(
        QStringLiteral("Epoch %1: test accuracy %2 %").arg(last.epoch).arg(100.0 * last.test_accuracy, 0, 'f', 2));
  }
  update();
}

void TrainingChart::paintEvent(QPaintEvent*) {
  const QColor base = palette().color(QPalette::Base);
  const QColor text = palette().color(QPalette::Text);
  const bool dark = base.lightness() < 128;
  const CurveColors colors = curve_colors(dark);
  Chart accuracy{"Accuracy", {}, 0.0, 1.0, true};
  Chart loss{"Loss", {}, 0.0, 1.0, false};
  for (const ChartedGroup& group : groups_) {
    const bool alone = groups_.size() == 1;
    const std::string name = group.name.toStdString();
    const Color color = group_color(group.index, dark);
    ChartCurve train{"train", {}, colors.train, 1.2};
    ChartCurve validation{"validation", {}, colors.validation, 1.2};
    ChartCurve test{alone ? "test" : name, {}, alone ? colors.test : color, 1.8};
    ChartCurve train_loss{alone ? "train" : name, {}, alone ? colors.train : color, 1.6};
    for (const EpochMean& mean : epoch_means(group.runs)) {
      const double x = mean.epoch;
      train.points.push_back({x, mean.train_accuracy.mean});
      test.points.push_back({x, mean.test_accuracy.mean});
      train_loss.points.push_back({x, mean.train_loss.mean});
    }
    if (group.runs.size() == 1) {
      for (const EpochResult& epoch : group.runs.front()) {
        if (epoch.validation_accuracy)
          validation.points.push_back({static_cast<double>(epoch.epoch), *epoch.validation_accuracy});
      }
    }
    if (group.epoch_now > 0.0 && group.running_loss > 0.0 && std::isfinite(group.running_loss))
      train_loss.points.push_back({group.epoch_now, group.running_loss});
    if (alone) accuracy.curves = {train, validation};
    accuracy.curves.push_back(test);
    loss.curves.push_back(train_loss);
    accuracy.last_x = loss.last_x = std::max(accuracy.last_x, static_cast<double>(group.epochs));
  }

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
  const Chart charts[] = {accuracy, loss};
  for (int i = 0; i < 2; ++i)
    paint_scene(painter, chart_scene(charts[i], style), QRectF(style.width * i, 0.0, style.width, style.height),
                PaperStyle::raster());
}

}  // namespace dnm
