// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "networks.h"
#include "tests/support/not_finite.h"
#include "viz/scenes/chart_scene.h"

// Charts that are made up, and what holds for every picture of one.
namespace dnm::test {

struct PageShape {
  double width, height;
};
// From a narrow dock to a large window, in points.
inline constexpr PageShape page_shapes[] = {{180, 80}, {240, 320}, {375, 135}, {525, 165}, {900, 525}};

inline constexpr const char* long_names[] = {"random",
                                             "BSW, beta 0.3",
                                             "BRF",
                                             "Ramanujan",
                                             "CSTI",
                                             "SNIP",
                                             "DNM, all fixed",
                                             "DNM, degree spatial Gaussian",
                                             "DNM, synapses spatial Gaussian, bounded",
                                             "DNM, M = 1",
                                             "DNM, M = 7, receptive field spatial inverse Gaussian, σ = 0.3",
                                             "dense with equal parameters",
                                             "fully connected"};

inline bool has(const std::vector<std::string>& texts, const std::string& wanted) {
  return std::ranges::find(texts, wanted) != texts.end();
}

inline ChartStyle style_of(const PageShape& shape) {
  ChartStyle style;
  style.width = shape.width;
  style.height = shape.height;
  return style;
}

/// Accuracy and loss of so many groups, made up.
inline std::vector<Chart> charts_of(std::size_t groups, int epochs) {
  Chart accuracy{"Test accuracy", {}, 0.0, 100.0, true}, loss{"Training loss", {}, 0.0, 100.0, false};
  std::mt19937 random(7);
  for (std::size_t group = 0; group < groups; ++group) {
    ChartCurve rising{long_names[group], {}, {}, group_look(group), 1.5};
    ChartCurve falling = rising;
    for (int epoch = 1; epoch <= epochs; ++epoch) {
      const double noise = 1e-3 * static_cast<double>(random() % 10);
      rising.points.push_back({1.0 * epoch, 0.9 - 0.3 / epoch + noise, 0.004});
      falling.points.push_back({1.0 * epoch, 0.2 + 1.0 / epoch + noise, 0.01});
    }
    accuracy.curves.push_back(rising);
    loss.curves.push_back(falling);
  }
  return {accuracy, loss};
}

/// Room of a text as a reader would measure it: letters of DejaVu Sans are 0.6 of its size wide on average.
struct Box {
  double left, right, bottom, top;
};
inline Box box_of(const Text& text) {
  std::size_t letters = 0;
  for (const char byte : text.text) letters += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  const double width = 0.6 * text.size * static_cast<double>(letters), height = text.size;
  const double left = text.position.x + text.offset.x -
                      width * (text.horizontal == Anchor::left     ? 0.0
                               : text.horizontal == Anchor::center ? 0.5
                                                                   : 1.0);
  const double bottom = text.position.y + text.offset.y - 0.5 * height;
  return {left, left + width, bottom, bottom + height};
}

inline void no_text_lies_over_another(const Scene& scene, const char* what) {
  const std::vector<const Text*> all = items_of<Text>(scene);
  for (std::size_t a = 0; a < all.size(); ++a) {
    const Box first = box_of(*all[a]);
    const auto message = [&](const char* problem) {
      return qPrintable(QStringLiteral("%1: \"%2\" %3 on a page of %4 x %5")
                            .arg(what, QString::fromStdString(all[a]->text), problem)
                            .arg(scene.bounds.width)
                            .arg(scene.bounds.height));
    };
    QVERIFY2(first.left > -1.0 && first.right < scene.bounds.width + 1.0, message("leaves the page"));
    QVERIFY2(first.bottom > -1.0 && first.top < scene.bounds.height + 1.0, message("leaves the page"));
    for (std::size_t b = a + 1; b < all.size(); ++b) {
      const Box second = box_of(*all[b]);
      const bool apart = first.right <= second.left || second.right <= first.left || first.top <= second.bottom ||
                         second.top <= first.bottom;
      QVERIFY2(apart, message(("lies over \"" + all[b]->text + "\"").c_str()));
    }
  }
}

/// All that is drawn has finite places within the page, give or take a line's width.
inline void everything_is_on_the_page(const Scene& scene) {
  const auto check = [&](Point point) {
    QVERIFY(std::isfinite(point.x) && std::isfinite(point.y));
    QVERIFY(point.x > -3.0 && point.x < scene.bounds.width + 3.0);
    QVERIFY(point.y > -3.0 && point.y < scene.bounds.height + 3.0);
  };
  for (const Lines* lines : items_of<Lines>(scene)) std::ranges::for_each(lines->points, check);
  for (const Disks* disks : items_of<Disks>(scene)) std::ranges::for_each(disks->centers, check);
  for (const Bands* bands : items_of<Bands>(scene)) {
    QCOMPARE(bands->lower.size(), bands->upper.size());
    std::ranges::for_each(bands->lower, check);
    std::ranges::for_each(bands->upper, check);
  }
}

inline bool close(double a, double b) { return std::abs(a - b) < 1e-9 * std::max(1.0, std::abs(a)); }

}  // namespace dnm::test
