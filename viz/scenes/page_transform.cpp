// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "viz/scenes/scene.h"

namespace dnm {

double note_height(const Scene& scene) { return scene.note.empty() ? 0.0 : 1.6 * scene.note_size; }

PageTransform page_transform(const Scene& scene, double width_points, double height_points) {
  const double note_line = note_height(scene);
  const Margins& margins = scene.margins;
  // On a page smaller than its own margins the picture still keeps a tenth of it: cramped, never inverted.
  const double width = std::max(width_points - margins.left - margins.right, 0.1 * std::max(width_points, 1.0));
  const double height =
      std::max(height_points - margins.top - margins.bottom - note_line, 0.1 * std::max(height_points, 1.0));
  const double data_width = std::max(scene.bounds.width, 1e-12);
  const double data_height = std::max(scene.bounds.height, 1e-12);

  PageTransform transform;
  transform.scale_x = width / data_width;
  transform.scale_y = height / data_height;
  if (scene.keep_aspect) transform.scale_x = transform.scale_y = std::min(transform.scale_x, transform.scale_y);
  const double spare_x = width - data_width * transform.scale_x;
  const double spare_y = height - data_height * transform.scale_y;
  transform.shift_x = margins.left + 0.5 * spare_x - scene.bounds.x * transform.scale_x;
  transform.shift_y = margins.bottom + note_line + 0.5 * spare_y - scene.bounds.y * transform.scale_y;
  return transform;
}

}  // namespace dnm
