// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/page_block.h"

#include <QPainter>
#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>
#include <utility>
#include <variant>

namespace dnm {

namespace {

/// The scene without its texts, and those.
std::pair<Scene, std::vector<SceneItem>> without_texts(Scene scene) {
  const auto is_text = [](const SceneItem& item) { return std::holds_alternative<Text>(item); };
  const auto texts = std::ranges::stable_partition(scene.items, std::not_fn(is_text));
  std::vector<SceneItem> kept(std::make_move_iterator(texts.begin()), std::make_move_iterator(texts.end()));
  scene.items.erase(texts.begin(), texts.end());
  return {std::move(scene), std::move(kept)};
}

/// As on a larger page that is made smaller by this: paper shows finer marks than the screen.
constexpr double marks_scale = 0.55;

PageTransform enlarged(const PageTransform& page, double factor) {
  return {page.scale_x * factor, page.scale_y * factor, page.shift_x * factor, page.shift_y * factor};
}

void paint_marks(QPainter& painter, const std::vector<SceneItem>& marks, const QRectF& area, const PageTransform& large,
                 const PaperStyle& style) {
  Scene scene;
  scene.items = marks;
  painter.save();
  painter.scale(marks_scale, marks_scale);
  paint_scene(painter, scene, QRectF(area.topLeft() / marks_scale, area.size() / marks_scale), large, style);
  painter.restore();
}

}  // namespace

void PageBlock::paint(QPainter& painter, const PaperStyle& style) const {
  for (const Picture& picture : pictures_) {
    if (!picture.places) {
      paint_scene(painter, picture.scene, picture.area, style);
      continue;
    }
    // Texts come last, so that no mark lies over the number of an axis.
    const PageTransform page = page_transform(picture.scene, picture.area.width(), picture.area.height());
    auto [shapes, texts] = without_texts(picture.scene);
    paint_scene(painter, shapes, picture.area, style);
    const PageTransform large = enlarged(page, 1.0 / marks_scale);
    paint_marks(painter, picture.places->marks(*picture.highlight, HighlightRole::selected, large), picture.area, large,
                style);
    Scene above;
    above.items = std::move(texts);
    paint_scene(painter, above, picture.area, page, style);
  }
}

double PageBlock::smallest_text() const {
  double smallest = std::numeric_limits<double>::infinity();
  for (const Picture& picture : pictures_) {
    for (const SceneItem& item : picture.scene.items) {
      if (const auto* text = std::get_if<Text>(&item)) smallest = std::min(smallest, text->size);
    }
  }
  return smallest;
}

}  // namespace dnm
