// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/matrix_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "viz/scenes/node_colors.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

/// All ways to break `count` masks into lines, by the first mask of each line; of many masks, those into lines of equal
/// numbers.
std::vector<std::vector<std::size_t>> possible_lines(std::size_t count) {
  constexpr std::size_t most_free = 12;
  std::vector<std::vector<std::size_t>> ways;
  if (count <= most_free) {
    for (std::size_t breaks = 0; count > 0 && breaks < std::size_t{1} << (count - 1); ++breaks) {
      std::vector<std::size_t> starts{0};
      for (std::size_t mask = 1; mask < count; ++mask) {
        if ((breaks >> (mask - 1) & 1U) != 0) starts.push_back(mask);
      }
      ways.push_back(std::move(starts));
    }
    return ways;
  }
  for (std::size_t lines = 1; lines <= count; ++lines) {
    const std::size_t per_line = (count + lines - 1) / lines;
    std::vector<std::size_t> starts;
    for (std::size_t first = 0; first < count; first += per_line) starts.push_back(first);
    ways.push_back(std::move(starts));
  }
  return ways;
}

}  // namespace

double strip_room(const SceneOptions& options) {
  return colors_differ_within_layers(options) ? color_strip_gap + color_strip_width : 0.0;
}

std::size_t digits_of(NodeIndex size) { return std::to_string(size == 0 ? 0 : size - 1).size(); }

bool has_axis_names(const Network& network, const SceneOptions& options) {
  // In text sizes; plain names are short.
  constexpr double room_of_matrix = 9.0, least_width = 33.0;
  const double wanted = options.order == NodeOrder::community
                            ? least_width
                            : std::min(room_of_matrix * static_cast<double>(network.masks().size()), least_width);
  return network.is_layered() && options.width_points >= wanted * options.text_size;
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

  // The scale at which lines that begin with these masks fit the page.
  const auto scale_of = [&](const std::vector<std::size_t>& starts) {
    double total_height = 0.0, scale = std::numeric_limits<double>::max();
    for (std::size_t line = 0; line < starts.size(); ++line) {
      const std::size_t last = line + 1 < starts.size() ? starts[line + 1] : masks.size();
      double line_width = 0.0, line_height = 0.0;
      for (std::size_t index = starts[line]; index < last; ++index) {
        line_width += masks[index].n_in;
        line_height = std::max(line_height, static_cast<double>(masks[index].n_out));
      }
      const double spare = width - left * static_cast<double>(last - starts[line]);
      scale = std::min(scale, std::max(spare, 0.02 * width) / line_width);
      total_height += line_height;
    }
    const double spare = height - (above + below) * static_cast<double>(starts.size());
    return std::min(scale, std::max(spare, 0.02 * height) / total_height);
  };
  double best_scale = 0.0;
  std::vector<std::size_t> best_starts;
  for (const auto& starts : possible_lines(masks.size())) {
    if (const double scale = scale_of(starts); scale > best_scale) {
      best_scale = scale;
      best_starts = starts;
    }
  }

  MatrixLayout layout;
  layout.margins = {left, gap_right, above + 2.0, below + 2.0 + legend_room};
  layout.below = below;
  layout.areas.resize(masks.size());
  double top = 0.0, right_most = 0.0, bottom = 0.0;
  for (std::size_t line = 0; line < best_starts.size(); ++line) {
    double x = 0.0, line_height = 0.0;
    const std::size_t last = line + 1 < best_starts.size() ? best_starts[line + 1] : masks.size();
    for (std::size_t index = best_starts[line]; index < last; ++index) {
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
