// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/matrix_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "viz/scenes/node_colors.h"
#include "viz/scenes/scenes.h"

namespace dnm {

double strip_room(const SceneOptions& options) {
  return colors_differ_within_layers(options) ? color_strip_gap + color_strip_width : 0.0;
}

std::size_t digits_of(NodeIndex size) { return std::to_string(size == 0 ? 0 : size - 1).size(); }

bool has_axis_names(const Network& network, const SceneOptions& options) {
  constexpr double least_width = 33.0;  // in text sizes
  return network.is_layered() && options.width_points >= least_width * options.text_size;
}

MatrixLayout arrange_matrices(const Network& network, const SceneOptions& options, const Legend& legend) {
  const auto& masks = network.masks();
  const double ticks = tick_size(options);
  std::size_t digits = 1;
  for (const Mask& mask : masks) digits = std::max(digits, digits_of(mask.n_out));
  const double names = has_axis_names(network, options) ? 1.4 * ticks + 2.0 : 0.0;
  const double left = room_for(digits, ticks) + 6.0 + names + strip_room(options);
  const double below = 1.2 * ticks + 4.0 + names + strip_room(options), above = 1.6 * options.text_size;
  const double legend_room = options.legend ? legend_height(legend, options) : 0.0;
  const double gap_right = 0.5 * ticks + 4.0;
  const double width = std::max(options.width_points - gap_right, 1.0);
  const double height = std::max(options.height_points - 4.0 - legend_room, 1.0);

  double best_scale = 0.0;
  std::size_t best_per_line = masks.size();
  for (std::size_t lines = 1; lines <= masks.size(); ++lines) {
    const std::size_t per_line = (masks.size() + lines - 1) / lines;
    double widest = 0.0, total_height = 0.0;
    double scale = std::numeric_limits<double>::max();
    for (std::size_t first = 0; first < masks.size(); first += per_line) {
      double line_width = 0.0, line_height = 0.0;
      const std::size_t last = std::min(first + per_line, masks.size());
      for (std::size_t index = first; index < last; ++index) {
        line_width += masks[index].n_in;
        line_height = std::max(line_height, static_cast<double>(masks[index].n_out));
      }
      const double spare = width - left * static_cast<double>(last - first);
      scale = std::min(scale, std::max(spare, 0.02 * width) / line_width);
      widest = std::max(widest, line_width);
      total_height += line_height;
    }
    const double spare =
        height - (above + below) * std::ceil(static_cast<double>(masks.size()) / static_cast<double>(per_line));
    scale = std::min(scale, std::max(spare, 0.02 * height) / total_height);
    if (scale > best_scale) {
      best_scale = scale;
      best_per_line = per_line;
    }
  }

  MatrixLayout layout;
  layout.margins = {left, gap_right, above + 2.0, below + 2.0 + legend_room};
  layout.below = below;
  layout.areas.resize(masks.size());
  double top = 0.0, right_most = 0.0, bottom = 0.0;
  for (std::size_t first = 0; first < masks.size(); first += best_per_line) {
    double x = 0.0, line_height = 0.0;
    const std::size_t last = std::min(first + best_per_line, masks.size());
    for (std::size_t index = first; index < last; ++index) {
      const Mask& mask = masks[index];
      layout.areas[index] = {x, top - mask.n_out, static_cast<double>(mask.n_in), static_cast<double>(mask.n_out)};
      right_most = std::max(right_most, x + mask.n_in);
      x += mask.n_in + left / best_scale;
      line_height = std::max(line_height, static_cast<double>(mask.n_out));
    }
    bottom = top - line_height;
    top = bottom - (above + below) / best_scale;
  }
  layout.bounds = {0.0, bottom, right_most, -bottom};
  return layout;
}

}  // namespace dnm
