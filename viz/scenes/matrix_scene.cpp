// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/support/digits.h"
#include "viz/scenes/community_order.h"
#include "viz/scenes/dendrites.h"
#include "viz/scenes/device_pixels.h"
#include "viz/scenes/link_blocks.h"
#include "viz/scenes/matrix_layout.h"
#include "viz/scenes/node_colors.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"
#include "viz/scenes/thinning.h"

// One matrix per layer, rows = output neurons (row 0 on top), columns = input neurons; one data unit is one cell, so
// all layers have the same scale.
namespace dnm {

namespace {

constexpr std::uint64_t single_links_limit = 60000;
constexpr double inset_from = 6.0, grid_from = 7.5;  // points per cell
constexpr double largest_image = 4096.0;             // pixels along one side

/// What the add_* functions need.
struct Drawn {
  const CommunityOrder& order;
  const Network& original;
  const NodeColors& colors;
  [[nodiscard]] const Network& network() const { return *order.input.network; }
  [[nodiscard]] NodeIndex column_node(std::size_t mask, NodeIndex column) const {
    return network().first_node(mask) + column;
  }
  [[nodiscard]] NodeIndex row_node(std::size_t mask, NodeIndex row) const {
    return network().first_node(network().is_layered() ? mask + 1 : mask) + row;
  }
};

CommunityOrder matrix_order(const SceneInput& input, const SceneOptions& options) {
  return options.order == NodeOrder::community ? order_by_community(input) : CommunityOrder{input, {}};
}

/// What is visible, and how large a point and a pixel are in cells.
struct View {
  Rectangle visible;
  double point;
  double pixel;
};

View view_of(const Scene& scene, const SceneOptions& options) {
  View view;
  if (options.viewport.width > 0.0 && options.viewport.height > 0.0) {
    view.visible = options.viewport;
  } else {
    const PageTransform page = page_transform(scene, options.width_points, options.height_points);
    const Point corner = page.to_data({0.0, 0.0});
    view.visible = {corner.x, corner.y, options.width_points / page.scale_x, options.height_points / page.scale_y};
  }
  view.point = view.visible.width / std::max(options.width_points, 1.0);
  view.pixel = view.visible.width / std::max(options.pixels_across, 1.0);
  return view;
}

NodeIndex cell_at(double position, NodeIndex count) {
  return static_cast<NodeIndex>(std::clamp(position, 0.0, static_cast<double>(count)));
}

/// Rows and columns of a matrix that lie in the visible part.
CellRange visible_cells(const Mask& mask, const Rectangle& area, const Rectangle& visible) {
  CellRange range;
  range.column_begin = cell_at(std::floor(visible.x - area.x), mask.n_in);
  range.column_end = cell_at(std::ceil(visible.x + visible.width - area.x), mask.n_in);
  const double top = area.y + area.height;
  range.row_begin = cell_at(std::floor(top - visible.y - visible.height), mask.n_out);
  range.row_end = cell_at(std::ceil(top - visible.y), mask.n_out);
  return range;
}

bool is_empty(const CellRange& range) {
  return range.row_end <= range.row_begin || range.column_end <= range.column_begin;
}

std::uint64_t links_in(const Mask& mask, const CellRange& range, std::uint64_t limit) {
  std::uint64_t count = 0;
  for (NodeIndex row = range.row_begin; row < range.row_end && count <= limit; ++row) {
    const auto links = mask.row(row);
    const auto first = std::lower_bound(links.begin(), links.end(), range.column_begin);
    count += static_cast<std::uint64_t>(std::lower_bound(first, links.end(), range.column_end) - first);
  }
  return count;
}

Rectangle area_of(const CellRange& range, const Rectangle& area) {
  return {area.x + range.column_begin, area.y + area.height - range.row_end,
          static_cast<double>(range.column_end - range.column_begin),
          static_cast<double>(range.row_end - range.row_begin)};
}

/// The colours of the links of one matrix. Amounts and angles of neurons are in the strips; links keep the colour of
/// their layer, since grey cells would only look faint.
class LinkColors {
 public:
  LinkColors(const Drawn& drawn, std::size_t mask, const SceneOptions& options)
      : drawn_(drawn),
        mask_(mask),
        by_dendrite_(options.link_coloring == LinkColoring::dendrite && drawn.network().is_layered()),
        dark_(options.dark),
        layer_color_(category_color(drawn.network().is_layered() ? mask + 1 : 1, options.dark)) {}

  /// Of the link from the neuron at place `column` to that at place `row`; cheapest row by row.
  [[nodiscard]] Color of(NodeIndex row, NodeIndex column) {
    if (by_dendrite_) return of_dendrite(row, column);
    if (!drawn_.colors.show_groups()) return layer_color_;
    return drawn_.colors.of_link(drawn_.column_node(mask_, column), drawn_.row_node(mask_, row), layer_color_);
  }

 private:
  [[nodiscard]] Color of_dendrite(NodeIndex row, NodeIndex column) {
    const Network& network = drawn_.network();
    const NodeIndex outputs = network.first_node(mask_ + 1);
    const Mask& original = drawn_.original.masks()[mask_];
    const auto links = original.row(drawn_.order.node(outputs + row) - outputs);
    if (ranked_row_ != row) {
      ranks_ = dendrite_ranks(links, original.n_in);
      ranked_row_ = row;
    }
    const NodeIndex input = drawn_.order.node(drawn_.column_node(mask_, column)) - network.first_node(mask_);
    const auto place = std::lower_bound(links.begin(), links.end(), input) - links.begin();
    return category_color(ranks_[static_cast<std::size_t>(place)] + 1, dark_);
  }

  const Drawn& drawn_;
  std::size_t mask_;
  bool by_dendrite_;
  bool dark_;
  Color layer_color_;
  std::int64_t ranked_row_ = -1;
  std::vector<std::uint32_t> ranks_;
};

/// What is drawn of the links of one matrix.
struct DrawnLinks {
  const Mask& mask;
  const CellRange& range;
  const Rectangle& area;
  NodeIndex side;  ///< of a block

  template <class Visit>
  void for_each(LinkColors& colors, const SceneOptions& options, const TaskControl& control, const Visit& visit) const {
    for_each_block(
        mask, range, side, palette(options.dark).aside, control,
        [&](NodeIndex row, const auto& link) { return colors.of(row, *link); }, visit);
  }
  [[nodiscard]] Rectangle place(const LinkBlock& block) const {
    return {area.x + block.column, area.y + area.height - block.row - block.rows, static_cast<double>(block.columns),
            static_cast<double>(block.rows)};
  }
};

/// The links as shapes of their own.
void add_cells(Scene& scene, const DrawnLinks& links, LinkColors colors, const View& view, const SceneOptions& options,
               const TaskControl& control) {
  // Large cells keep a hair of distance, so that neighbours can be counted.
  const double inset = view.point * inset_from < 1.0 ? 0.06 : 0.0;
  Cells cells;
  links.for_each(colors, options, control, [&](const LinkBlock& block) {
    const Rectangle place = links.place(block);
    cells.cells.push_back({place.x + inset, place.y + inset, place.width - 2.0 * inset, place.height - 2.0 * inset});
    cells.colors.push_back(block.color);
  });
  if (!cells.cells.empty()) scene.items.emplace_back(std::move(cells));
}

/// The links as ink in the pixels of the device.
void add_image(Scene& scene, const DrawnLinks& links, LinkColors colors, const View& view, const SceneOptions& options,
               const TaskControl& control) {
  const Rectangle shown = area_of(links.range, links.area);
  const double pixel = view.pixel * std::ceil(std::max(shown.width, shown.height) / view.pixel / largest_image);
  const double left = view.visible.x, top = view.visible.y + view.visible.height;
  // Pixels that begin where those of the device do need not be smoothed to be shown.
  const double first_column = std::floor((shown.x - left) / pixel),
               first_row = std::floor((top - shown.y - shown.height) / pixel);
  const auto count = [pixel](double extent, double first) {
    return static_cast<std::uint32_t>(std::max(1.0, std::ceil(extent / pixel) - first));
  };
  Image image;
  image.columns = count(shown.x + shown.width - left, first_column);
  image.rows = count(top - shown.y, first_row);
  image.area = {left + first_column * pixel, top - (first_row + image.rows) * pixel, image.columns * pixel,
                image.rows * pixel};
  AreaRaster raster(image.columns, image.rows);
  const double image_top = top - first_row * pixel;
  links.for_each(colors, options, control, [&](const LinkBlock& block) {
    const Rectangle place = links.place(block);
    const double x = (place.x - image.area.x) / pixel, y = (image_top - place.y - place.height) / pixel;
    raster.add(x, y, x + place.width / pixel, y + place.height / pixel, block.color);
  });
  image.pixels = raster.pixels();
  scene.items.emplace_back(std::move(image));
}

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
void add_color_strips(Scene& scene, const Drawn& drawn, std::size_t index, const CellRange& range,
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

void add_grid(Scene& scene, const CellRange& range, const Rectangle& area, const View& view, bool dark) {
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

/// For the widest of "W1", "W2", …, in points.
double title_room(const Network& network, const SceneOptions& options) {
  const auto digits = static_cast<double>(std::to_string(network.masks().size()).size());
  return network.is_layered() ? (1.7 + 0.72 * digits) * options.text_size : 0.0;
}

/// Whether every matrix is wide enough for its shape to stand beside its title.
bool has_shapes(const Network& network, const SceneOptions& options, const View& view) {
  return std::all_of(network.masks().begin(), network.masks().end(), [&](const Mask& mask) {
    const double room = mask.n_in / view.point + room_for(digits_of(mask.n_out), tick_size(options));
    return title_room(network, options) + room_for(shape_of(mask).size() - 1, tick_size(options)) < room;
  });
}

/// Frame, title and the numbers of neurons along two sides. When a side of the matrix lies outside the visible part,
/// its numbers stand on a strip along the border of the view instead, so that the visible neurons are always named.
void add_axes(Scene& scene, const Drawn& drawn, std::size_t index, const CellRange& range, const Rectangle& area,
              const View& view, const SceneOptions& options) {
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
    Text inputs = make_text(options, {shown.x + 0.5 * shown.width, area.y}, layer_name(network, index) + order, size);
    inputs.horizontal = Anchor::center;
    inputs.vertical = VerticalAnchor::top;
    inputs.offset = {0.0, -3.0 - aside - 1.4 * size};
    Text outputs =
        make_text(options, {area.x, shown.y + 0.5 * shown.height}, layer_name(network, index + 1) + order, size);
    outputs.upright = true;
    outputs.horizontal = Anchor::right;
    outputs.offset = {-6.0 - aside - room_for(digits_of(mask.n_out), size), 0.0};
    outputs.vertical = VerticalAnchor::middle;
    scene.items.emplace_back(std::move(inputs));
    scene.items.emplace_back(std::move(outputs));
  }

  const double title_x = std::max(area.x, view.visible.x);
  if (network.is_layered()) {
    Text title = make_text(options, {title_x, top}, "W" + std::to_string(index + 1), options.text_size);
    title.bold = true;
    const double seen_top = view.visible.y + view.visible.height;
    if (top > seen_top) {
      // Inside, on a ground of its own.
      const double x = title_x + (left_outside ? strip_width : 0.0);
      const double width = title_room(network, options) * point, height = 1.5 * options.text_size * point;
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
  if (!has_shapes(network, options, view)) return;
  Text shape = make_text(options, {title_x, top}, shape_of(mask), size);
  shape.vertical = VerticalAnchor::bottom;
  shape.offset = {title_room(network, options), 1.5};
  scene.items.emplace_back(std::move(shape));
}

}  // namespace

Scene build_matrix_scene(const SceneInput& input, const SceneOptions& options, const TaskControl& control) {
  Scene scene = empty_scene(options);
  if (!input.network) return scene;
  const CommunityOrder order = matrix_order(input, options);
  const NodeColors colors(order.input, options);
  const Drawn drawn{order, *input.network, colors};
  const Network& network = drawn.network();
  const MatrixLayout layout = arrange_matrices(network, options, colors.legend());
  scene.bounds = layout.bounds;
  scene.link_count = network.link_count();
  scene.margins = layout.margins;
  const View view = view_of(scene, options);

  std::vector<CellRange> ranges;
  std::uint64_t visible_links = 0;
  for (std::size_t index = 0; index < network.masks().size(); ++index) {
    ranges.push_back(visible_cells(network.masks()[index], layout.areas[index], view.visible));
    if (!is_empty(ranges.back())) {
      visible_links += links_in(network.masks()[index], ranges.back(), single_links_limit);
    }
  }
  const NodeIndex side = block_side(network, 1.0 / view.point);
  const bool single_links = view.pixel <= side && visible_links <= single_links_limit;

  for (std::size_t index = 0; index < network.masks().size(); ++index) {
    control.check();
    if (is_empty(ranges[index])) continue;
    const DrawnLinks links{network.masks()[index], ranges[index], layout.areas[index], side};
    const LinkColors link_colors(drawn, index, options);
    if (single_links) {
      add_grid(scene, ranges[index], layout.areas[index], view, options.dark);
      add_cells(scene, links, link_colors, view, options, control);
    } else {
      add_image(scene, links, link_colors, view, options, control);
    }
  }
  for (std::size_t index = 0; index < network.masks().size(); ++index) {
    if (!is_empty(ranges[index])) {
      add_axes(scene, drawn, index, ranges[index], layout.areas[index], view, options);
    }
  }
  if (options.legend) add_legend(scene, colors.legend(), options, layout.below);
  return scene;
}

std::string describe_matrix(const SceneInput& input, const SceneOptions& options, Point point, double /*radius*/) {
  if (!input.network) return {};
  const Network& network = *input.network;
  const CommunityOrder order = matrix_order(input, options);
  const MatrixLayout layout = arrange_matrices(network, options, NodeColors(order.input, options).legend());
  for (std::size_t index = 0; index < network.masks().size(); ++index) {
    const Mask& mask = network.masks()[index];
    const Rectangle& area = layout.areas[index];
    const double column = std::floor(point.x - area.x), row = std::floor(area.y + area.height - point.y);
    if (column < 0.0 || row < 0.0 || column >= mask.n_in || row >= mask.n_out) continue;
    const NodeIndex inputs = network.first_node(index);
    const NodeIndex outputs = network.first_node(network.is_layered() ? index + 1 : index);
    const NodeIndex input_node = order.node(inputs + static_cast<NodeIndex>(column));
    const NodeIndex output_node = order.node(outputs + static_cast<NodeIndex>(row));
    const NodeIndex input_neuron = input_node - inputs, output_neuron = output_node - outputs;
    const auto links = mask.row(output_neuron);
    const bool linked = std::binary_search(links.begin(), links.end(), input_neuron);
    std::string words = neuron_name(network, index, input_neuron);
    words += network.is_layered() ? " → " : " – ";
    words += neuron_name(network, network.is_layered() ? index + 1 : 0, output_neuron);
    words += linked ? ": link" : ": no link";
    if (linked && network.is_layered()) {
      const auto ranks = dendrite_ranks(links, mask.n_in);
      const auto place = std::lower_bound(links.begin(), links.end(), input_neuron) - links.begin();
      words += ", dendrite " + std::to_string(ranks[static_cast<std::size_t>(place)] + 1);
    }
    return words;
  }
  return {};
}

}  // namespace dnm
