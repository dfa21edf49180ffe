// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/page_block.h"

#include <algorithm>
#include <limits>
#include <variant>

namespace dnm {

void PageBlock::paint(QPainter& painter, const PaperStyle& style) const {
  for (const Picture& picture : pictures_) {
    paint_scene(painter, picture.scene, picture.area, style);
    if (!picture.places) continue;
    const PageTransform page = page_transform(picture.scene, picture.area.width(), picture.area.height());
    Scene marks;
    marks.items = picture.places->marks(*picture.highlight, HighlightRole::selected, page);
    paint_scene(painter, marks, picture.area, page, style);
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
