// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "viz/scenes/block_density.h"
#include "viz/scenes/dendrites.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"
#include "viz/scenes/thinning.h"

// One matrix per layer, rows = output neurons (row 0 on top), columns = input neurons; one data unit is one cell, so
// all layers have the same scale.
namespace dnm {

namespace {

constexpr double single_links_from = 1.0;  // device pixels per cell
constexpr std::uint64_t single_links_limit = 60000;
constexpr double largest_image = 4096.0;  // pixels along one side

struct Layout {
  std::vector<Rectangle> areas;  // one per mask
  Rectangle bounds;
  Margins margins;
};

std::size_t digits_of(NodeIndex size) { return std::to_string(size == 0 ? 0 : size - 1).size(); }

bool has_axis_names(const Network& network, const SceneOptions& options) {
  return network.is_layered() && options.width_points >= 300.0;
}

/// The masks in `lines` rows of nearly equal number, each as large as it can be; picks the number of rows that shows
/// cells largest.
Layout arrange(const Network& network, const SceneOptions& options) {
  const auto& masks = network.masks();
  const double ticks = tick_size(options);
  std::size_t digits = 1;
  for (const Mask& mask : masks) digits = std::max(digits, digits_of(mask.n_out));
  const double names = has_axis_names(network, options) ? 1.4 * ticks + 2.0 : 0.0;
  const double left = room_for(digits, ticks) + 6.0 + names;
  const double below = 1.2 * ticks + 4.0 + names, above = 1.6 * options.text_size;
  const double gap_right = 0.5 * ticks + 4.0;
  const double width = std::max(options.width_points - gap_right, 1.0);
  const double height = std::max(options.height_points - 4.0, 1.0);

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

  Layout layout;
  layout.margins = {left, gap_right, above + 2.0, below + 2.0};
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

struct Densities {
  std::size_t mask;
  CellRange range;
  std::uint32_t columns, rows;
  std::vector<float> density;
};

void add_densities(Scene& scene, const std::vector<Densities>& all, const std::vector<Rectangle>& areas, bool dark) {
  float largest = 0.0F;
  for (const Densities& part : all) {
    for (const float density : part.density) largest = std::max(largest, density);
  }
  for (const Densities& part : all) {
    Image image;
    image.area = area_of(part.range, areas[part.mask]);
    image.columns = part.columns;
    image.rows = part.rows;
    image.pixels.resize(part.density.size(), Color{0, 0, 0, 0});
    for (std::size_t pixel = 0; pixel < part.density.size(); ++pixel) {
      if (part.density[pixel] <= 0.0F) continue;
      // The square root spreads the low densities, where sparse networks have their structure.
      image.pixels[pixel] = density_color(std::sqrt(static_cast<double>(part.density[pixel] / largest)), dark);
    }
    scene.items.emplace_back(std::move(image));
  }
}

void add_cells(Scene& scene, const Network& network, std::size_t index, const CellRange& range, const Rectangle& area,
               const View& view, const SceneOptions& options) {
  const Mask& mask = network.masks()[index];
  const bool by_dendrite = options.link_coloring == LinkColoring::dendrite && network.is_layered();
  const Color layer_color =
      network.is_layered() ? category_color(index + 1, options.dark) : category_color(1, options.dark);
  // Large cells keep a hair of distance, so that neighbours can be counted.
  const double inset = view.pixel < 0.125 ? 0.06 : 0.0;
  Cells cells;
  for (NodeIndex row = range.row_begin; row < range.row_end; ++row) {
    const auto links = mask.row(row);
    const auto ranks = by_dendrite ? dendrite_ranks(links, mask.n_in) : std::vector<std::uint32_t>{};
    const auto first = std::lower_bound(links.begin(), links.end(), range.column_begin);
    for (auto link = first; link != links.end() && *link < range.column_end; ++link) {
      cells.cells.push_back(
          {area.x + *link + inset, area.y + area.height - row - 1.0 + inset, 1.0 - 2.0 * inset, 1.0 - 2.0 * inset});
      cells.colors.push_back(
          by_dendrite ? category_color(ranks[static_cast<std::size_t>(link - links.begin())] + 1, options.dark)
                      : layer_color);
    }
  }
  if (!cells.cells.empty()) scene.items.emplace_back(std::move(cells));
}

void add_line(Lines& lines, std::initializer_list<Point> points, Color color) {
  lines.starts.push_back(static_cast<std::uint32_t>(lines.points.size()));
  lines.points.insert(lines.points.end(), points);
  lines.colors.push_back(color);
}

void add_grid(Scene& scene, const CellRange& range, const Rectangle& area, const View& view, bool dark) {
  if (view.pixel > 0.1) return;
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
  Text text;
  text.position = position;
  text.text = std::move(words);
  text.size = size;
  text.color = palette(options.dark).ink;
  return text;
}

std::string shape_of(const Mask& mask) { return with_commas(mask.n_out) + " × " + with_commas(mask.n_in); }

double title_room(const Network& network, const SceneOptions& options) {
  return network.is_layered() ? 2.4 * options.text_size : 0.0;
}

/// Whether every matrix is wide enough for its shape to stand beside its title.
bool has_shapes(const Network& network, const SceneOptions& options, const View& view) {
  return std::all_of(network.masks().begin(), network.masks().end(), [&](const Mask& mask) {
    const double room = mask.n_in / view.point + room_for(digits_of(mask.n_out), tick_size(options));
    return title_room(network, options) + room_for(shape_of(mask).size() - 1, tick_size(options)) < room;
  });
}

/// Frame, title and the numbers of neurons along two sides. When a side of the matrix lies outside the visible part,
/// its numbers stand on a strip along the border of the view instead, so that one always knows which neurons one sees.
void add_axes(Scene& scene, const Network& network, std::size_t index, const CellRange& range, const Rectangle& area,
              const View& view, const SceneOptions& options) {
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

  Lines frame;
  frame.width = 0.5;
  add_line(frame, {{area.x, area.y}, {right, area.y}, {right, top}, {area.x, top}, {area.x, area.y}}, colors.frame);
  const double mark = 2.0 * point;

  const std::uint64_t row_step = tick_step(2.4 * size * point);
  for (std::uint64_t row = first_tick(range.row_begin, row_step); row < range.row_end; row += row_step) {
    const double y = top - static_cast<double>(row) - 0.5;
    if (below_outside && y < axis_y + strip_height) continue;
    if (!left_outside) add_line(frame, {{area.x - mark, y}, {area.x, y}}, colors.frame);
    Text label = make_text(options, {axis_x, y}, std::to_string(row), size);
    label.horizontal = left_outside ? Anchor::left : Anchor::right;
    label.offset = {left_outside ? 2.0 : -3.5, 0.0};
    scene.items.emplace_back(std::move(label));
  }
  const std::uint64_t column_step = tick_step((room_for(digits_of(mask.n_in), size) + 1.2 * size) * point);
  for (std::uint64_t column = first_tick(range.column_begin, column_step); column < range.column_end;
       column += column_step) {
    const double x = area.x + static_cast<double>(column) + 0.5;
    if (left_outside && x < axis_x + strip_width) continue;
    if (!below_outside) add_line(frame, {{x, area.y - mark}, {x, area.y}}, colors.frame);
    Text label = make_text(options, {x, axis_y}, std::to_string(column), size);
    label.horizontal = Anchor::center;
    label.vertical = below_outside ? VerticalAnchor::bottom : VerticalAnchor::top;
    label.offset = {0.0, below_outside ? 1.0 : -3.0};
    scene.items.emplace_back(std::move(label));
  }
  scene.items.emplace_back(std::move(frame));

  if (has_axis_names(network, options)) {
    Text inputs = make_text(options, {shown.x + 0.5 * shown.width, area.y}, layer_name(network, index), size);
    inputs.horizontal = Anchor::center;
    inputs.vertical = VerticalAnchor::top;
    inputs.offset = {0.0, -3.0 - 1.4 * size};
    Text outputs = make_text(options, {area.x, shown.y + 0.5 * shown.height}, layer_name(network, index + 1), size);
    outputs.upright = true;
    outputs.horizontal = Anchor::right;
    outputs.offset = {-6.0 - room_for(digits_of(mask.n_out), size), 0.0};
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
  const Network& network = *input.network;
  Layout layout = arrange(network, options);
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
  const bool single_links = view.pixel * single_links_from <= 1.0 && visible_links <= single_links_limit;

  std::vector<Densities> densities;
  for (std::size_t index = 0; index < network.masks().size(); ++index) {
    control.check();
    if (is_empty(ranges[index])) continue;
    const Rectangle shown = area_of(ranges[index], layout.areas[index]);
    if (single_links) {
      add_grid(scene, ranges[index], layout.areas[index], view, options.dark);
      add_cells(scene, network, index, ranges[index], layout.areas[index], view, options);
      continue;
    }
    // Never more image pixels than device pixels: drawn without smoothing, each of them then shows.
    const auto pixels = [&view](double extent) {
      return static_cast<std::uint32_t>(std::clamp(std::floor(extent / view.pixel), 1.0, largest_image));
    };
    Densities part{index, ranges[index], pixels(shown.width), pixels(shown.height), {}};
    part.density = block_density(network.masks()[index], part.range, part.columns, part.rows, control);
    densities.push_back(std::move(part));
  }
  add_densities(scene, densities, layout.areas, options.dark);
  for (std::size_t index = 0; index < network.masks().size(); ++index) {
    if (!is_empty(ranges[index])) {
      add_axes(scene, network, index, ranges[index], layout.areas[index], view, options);
    }
  }
  return scene;
}

std::string describe_matrix(const SceneInput& input, const SceneOptions& options, Point point, double /*radius*/) {
  if (!input.network) return {};
  const Network& network = *input.network;
  const Layout layout = arrange(network, options);
  for (std::size_t index = 0; index < network.masks().size(); ++index) {
    const Mask& mask = network.masks()[index];
    const Rectangle& area = layout.areas[index];
    const double column = std::floor(point.x - area.x), row = std::floor(area.y + area.height - point.y);
    if (column < 0.0 || row < 0.0 || column >= mask.n_in || row >= mask.n_out) continue;
    const auto input_neuron = static_cast<NodeIndex>(column), output_neuron = static_cast<NodeIndex>(row);
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
