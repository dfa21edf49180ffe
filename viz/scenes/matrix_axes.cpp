// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/matrix_axes.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>

#include "core/support/digits.h"
#include "viz/scenes/matrix_layout.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

constexpr double grid_from = 7.5;  // points per cell

/// Rectangles along an axis, one for each run of neurons of one colour.
template <class ColorOf, class Place>
void add_runs(Cells& cells, NodeIndex begin, NodeIndex end, const ColorOf& color_of, const Place& place) {
  for (NodeIndex first = begin; first < end;) {
    const Color color = color_of(first);
    NodeIndex last = first + 1;
    while (last < end && color_of(last) == color) ++last;
    cells.cells.push_back(place(first, last));
    cells.colors.push_back(color);
    first = last;
  }
}

/// The colours of the neurons along the left and lower side of a matrix, or of the view where those lie outside.
void add_color_strips(Scene& scene, const DrawnMatrices& drawn, std::size_t index, const CellRange& range,
                      const Rectangle& area, Point corner, double point) {
  Cells cells;
  const double width = color_strip_width * point;
  add_runs(
      cells, range.row_begin, range.row_end, [&](NodeIndex row) { return drawn.colors.of(drawn.row_node(index, row)); },
      [&](NodeIndex first, NodeIndex last) {
        return Rectangle{corner.x, area.y + area.height - last, width, static_cast<double>(last - first)};
      });
  add_runs(
      cells, range.column_begin, range.column_end,
      [&](NodeIndex column) { return drawn.colors.of(drawn.column_node(index, column)); },
      [&](NodeIndex first, NodeIndex last) {
        return Rectangle{area.x + first, corner.y, static_cast<double>(last - first), width};
      });
  scene.items.emplace_back(std::move(cells));
}

void add_line(Lines& lines, std::initializer_list<Point> points, Color color) {
  lines.starts.push_back(static_cast<std::uint32_t>(lines.points.size()));
  lines.points.insert(lines.points.end(), points);
  lines.colors.push_back(color);
}

/// The smallest of 1, 2, 5, 10, 20, … that is at least `distance`.
std::uint64_t tick_step(double distance) {
  for (std::uint64_t power = 1; power < 10000000000U; power *= 10) {
    for (const std::uint64_t factor : {1U, 2U, 5U}) {
      if (static_cast<double>(factor * power) >= distance) return factor * power;
    }
  }
  return 10000000000U;
}

std::uint64_t first_tick(NodeIndex begin, std::uint64_t step) { return (begin + step - 1) / step * step; }

Text make_text(const SceneOptions& options, Point position, std::string words, double size) {
  return {position, std::move(words), size, palette(options.dark).ink};
}

std::string shape_of(const Mask& mask) { return with_commas(mask.n_out) + " × " + with_commas(mask.n_in); }

/// For the widest of the names of the matrices, in points.
double title_room(const SceneInput& input, const SceneOptions& options) {
  if (!input.network->is_layered()) return 0.0;
  std::size_t longest = 0;
  for (std::size_t mask = 0; mask < input.network->masks().size(); ++mask)
    longest = std::max(longest, character_count(matrix_name(input, mask)));
  return (0.98 + 0.72 * static_cast<double>(longest)) * options.text_size;
}

/// Whether every matrix is wide enough for its shape to stand beside its title.
bool has_shapes(const SceneInput& input, const SceneOptions& options, const MatrixView& view) {
  const Network& network = *input.network;
  return std::all_of(network.masks().begin(), network.masks().end(), [&](const Mask& mask) {
    const double room = mask.n_in / view.point + room_for(digits_of(mask.n_out), tick_size(options));
    return title_room(input, options) + room_for(shape_of(mask).size() - 1, tick_size(options)) < room;
  });
}

}  // namespace

Rectangle area_of(const CellRange& range, const Rectangle& area) {
  return {area.x + range.column_begin, area.y + area.height - range.row_end,
          static_cast<double>(range.column_end - range.column_begin),
          static_cast<double>(range.row_end - range.row_begin)};
}

void add_grid(Scene& scene, const CellRange& range, const Rectangle& area, const MatrixView& view, bool dark) {
  if (view.point * grid_from > 1.0) return;
  Lines grid;
  grid.width = 0.25;
  const Rectangle shown = area_of(range, area);
  const Color color = palette(dark).grid;
  for (NodeIndex column = range.column_begin + 1; column < range.column_end; ++column) {
    add_line(grid, {{area.x + column, shown.y}, {area.x + column, shown.y + shown.height}}, color);
  }
  for (NodeIndex row = range.row_begin + 1; row < range.row_end; ++row) {
    const double y = area.y + area.height - row;
    add_line(grid, {{shown.x, y}, {shown.x + shown.width, y}}, color);
  }
  if (!grid.starts.empty()) scene.items.emplace_back(std::move(grid));
}

void add_axes(Scene& scene, const DrawnMatrices& drawn, std::size_t index, const CellRange& range,
              const Rectangle& area, const MatrixView& view, const SceneOptions& options) {
  const Network& network = drawn.network();
  const Mask& mask = network.masks()[index];
  const Palette& colors = palette(options.dark);
  const double size = tick_size(options), point = view.point;
  const double right = area.x + area.width, top = area.y + area.height;
  const Rectangle shown = area_of(range, area);

  const bool left_outside = area.x < view.visible.x;
  const bool below_outside = area.y < view.visible.y;
  const double axis_x = left_outside ? view.visible.x : area.x;
  const double axis_y = below_outside ? view.visible.y : area.y;
  const double strip_width = (room_for(digits_of(mask.n_out), size) + 3.0) * point;
  const double strip_height = (1.2 * size + 2.0) * point;
  Cells strips;
  const Color strip_color = with_alpha(colors.background, 0.85);
  const double shown_top = std::min(top, view.visible.y + view.visible.height);
  const double shown_right = std::min(right, view.visible.x + view.visible.width);
  if (left_outside && axis_x < right) {
    strips.cells.push_back(
        {axis_x, std::max(area.y, view.visible.y), strip_width, shown_top - std::max(area.y, view.visible.y)});
  }
  if (below_outside && axis_y < top) {
    strips.cells.push_back(
        {std::max(area.x, view.visible.x), axis_y, shown_right - std::max(area.x, view.visible.x), strip_height});
  }
  strips.colors.assign(strips.cells.size(), strip_color);
  if (!strips.cells.empty()) scene.items.emplace_back(std::move(strips));

  const double aside = strip_room(options);
  if (aside > 0.0) {
    add_color_strips(scene, drawn, index, range, area,
                     {left_outside ? axis_x + strip_width : area.x - aside * point,
                      below_outside ? axis_y + strip_height : area.y - aside * point},
                     point);
  }

  Lines frame;
  frame.width = 0.5;
  add_line(frame, {{area.x, area.y}, {right, area.y}, {right, top}, {area.x, top}, {area.x, area.y}}, colors.frame);
  const double mark_begin = aside * point, mark_end = (aside + 2.0) * point;
  const auto number = [&](NodeIndex place, NodeIndex first) {
    return std::to_string(drawn.order.node(first + place) - first);
  };

  const std::uint64_t row_step = tick_step(2.4 * size * point);
  for (std::uint64_t row = first_tick(range.row_begin, row_step); row < range.row_end; row += row_step) {
    const double y = top - static_cast<double>(row) - 0.5;
    if (below_outside && y < axis_y + strip_height) continue;
    if (!left_outside) add_line(frame, {{area.x - mark_end, y}, {area.x - mark_begin, y}}, colors.frame);
    const auto place = static_cast<NodeIndex>(row);
    Text label = make_text(options, {axis_x, y}, number(place, drawn.row_node(index, 0)), size);
    label.horizontal = left_outside ? Anchor::left : Anchor::right;
    label.offset = {left_outside ? 2.0 : -3.5 - aside, 0.0};
    scene.items.emplace_back(std::move(label));
  }
  const std::uint64_t column_step = tick_step((room_for(digits_of(mask.n_in), size) + 1.2 * size) * point);
  for (std::uint64_t column = first_tick(range.column_begin, column_step); column < range.column_end;
       column += column_step) {
    const double x = area.x + static_cast<double>(column) + 0.5;
    if (left_outside && x < axis_x + strip_width) continue;
    if (!below_outside) add_line(frame, {{x, area.y - mark_end}, {x, area.y - mark_begin}}, colors.frame);
    const auto place = static_cast<NodeIndex>(column);
    Text label = make_text(options, {x, axis_y}, number(place, drawn.column_node(index, 0)), size);
    label.horizontal = Anchor::center;
    label.vertical = below_outside ? VerticalAnchor::bottom : VerticalAnchor::top;
    label.offset = {0.0, below_outside ? 1.0 : -3.0 - aside};
    scene.items.emplace_back(std::move(label));
  }
  scene.items.emplace_back(std::move(frame));

  if (has_axis_names(network, options)) {
    const std::string order = drawn.order.node_at.empty() ? "" : " by community";
    Text inputs =
        make_text(options, {shown.x + 0.5 * shown.width, area.y}, layer_name(drawn.order.input, index) + order, size);
    inputs.horizontal = Anchor::center;
    inputs.vertical = VerticalAnchor::top;
    inputs.offset = {0.0, -3.0 - aside - 1.4 * size};
    Text outputs = make_text(options, {area.x, shown.y + 0.5 * shown.height},
                             layer_name(drawn.order.input, index + 1) + order, size);
    outputs.upright = true;
    outputs.horizontal = Anchor::right;
    outputs.offset = {-6.0 - aside - room_for(digits_of(mask.n_out), size), 0.0};
    outputs.vertical = VerticalAnchor::middle;
    scene.items.emplace_back(std::move(inputs));
    scene.items.emplace_back(std::move(outputs));
  }

  const double title_x = std::max(area.x, view.visible.x);
  if (network.is_layered()) {
    Text title = make_text(options, {title_x, top}, matrix_name(drawn.order.input, index), options.text_size);
    title.bold = true;
    const double seen_top = view.visible.y + view.visible.height;
    if (top > seen_top) {
      // Inside, on a ground of its own.
      const double x = title_x + (left_outside ? strip_width : 0.0);
      const double width = title_room(drawn.order.input, options) * point, height = 1.5 * options.text_size * point;
      if (right - x < width) return;
      scene.items.emplace_back(Cells{{{x, seen_top - height, width, height}}, {strip_color}});
      title.position = {x, seen_top};
      title.vertical = VerticalAnchor::top;
      title.offset = {2.0, -2.0};
      scene.items.emplace_back(std::move(title));
      return;
    }
    title.vertical = VerticalAnchor::bottom;
    title.offset = {0.0, 1.5};
    scene.items.emplace_back(std::move(title));
  }
  if (!has_shapes(drawn.order.input, options, view)) return;
  Text shape = make_text(options, {title_x, top}, shape_of(mask), size);
  shape.vertical = VerticalAnchor::bottom;
  shape.offset = {title_room(drawn.order.input, options), 1.5};
  scene.items.emplace_back(std::move(shape));
}

}  // namespace dnm
