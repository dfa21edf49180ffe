// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "viz/scenes/dendrites.h"
#include "viz/scenes/device_pixels.h"
#include "viz/scenes/link_change.h"
#include "viz/scenes/matrix_axes.h"
#include "viz/scenes/matrix_layout.h"
#include "viz/scenes/matrix_order.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

// One matrix per layer, rows = output neurons (row 0 on top), columns = input neurons; one data unit is one cell, so
// all layers have the same scale.
namespace dnm {

namespace {

constexpr std::uint64_t single_links_limit = 60000;
constexpr double inset_from = 6.0;           // points per cell
constexpr double marked_from = 5.0;          // the same: removed links are hollow, kept ones small
constexpr double marked_changes_from = 1.0;  // cells along a point: where they are smaller, changes are marked
constexpr double largest_image = 4096.0;     // pixels along one side
constexpr double largest_cell = 40.0;        // points, at the highest zoom

MatrixView view_of(const Scene& scene, const SceneOptions& options) {
  MatrixView view;
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

/// Links that are drawn in one way: all of a network, or those of one fate.
struct LinkSet {
  const Network& network;
  std::optional<LinkFate> fate{};
};

std::vector<LinkSet> link_sets(const Network& network, const std::optional<LinkChange>& change) {
  if (!change) return {{network}};
  std::vector<LinkSet> sets;
  for (const LinkFate fate : link_fates) sets.push_back({change->of(fate), fate});
  return sets;
}

/// The colours of the links of one matrix. Amounts and angles of neurons are in the strips; links keep the colour of
/// their layer, since grey cells would only look faint.
class LinkColors {
 public:
  LinkColors(const DrawnMatrices& drawn, std::size_t mask, std::optional<LinkFate> fate, const SceneOptions& options)
      : drawn_(drawn),
        mask_(mask),
        has_fate_(fate.has_value()),
        by_dendrite_(options.link_coloring == LinkColoring::dendrite && drawn.network().is_layered()),
        dark_(options.dark),
        layer_color_(fate ? fate_color(*fate, options.dark)
                          : category_color(drawn.network().is_layered() ? mask + 1 : 1, options.dark)) {}

  /// Of the link from the neuron at place `column` to that at place `row`; cheapest row by row.
  [[nodiscard]] Color of(NodeIndex row, NodeIndex column) {
    if (by_dendrite_) return of_dendrite(row, column);
    if (has_fate_ || !drawn_.colors.show_groups()) return layer_color_;
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

  const DrawnMatrices& drawn_;
  std::size_t mask_;
  bool has_fate_;
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
  std::optional<LinkFate> fate{};
  LinkColors colors;

  template <class Visit>
  void for_each(const SceneOptions& options, const TaskControl& control, const Visit& visit) const {
    LinkColors color = colors;
    for_each_block(
        mask, range, side, palette(options.dark).aside, control,
        [&](NodeIndex row, const auto& link) { return color.of(row, *link); }, visit);
  }
  [[nodiscard]] Rectangle place(const LinkBlock& block) const {
    return {area.x + block.column, area.y + area.height - block.row - block.rows, static_cast<double>(block.columns),
            static_cast<double>(block.rows)};
  }
};

void add_cell(Cells& cells, const Rectangle& cell, Color color) {
  cells.cells.push_back(cell);
  cells.colors.push_back(color);
}

/// The four sides of a cell, `thick` each.
void add_hollow_cell(Cells& cells, const Rectangle& cell, double thick, Color color) {
  const double inner = cell.height - 2.0 * thick;
  add_cell(cells, {cell.x, cell.y, cell.width, thick}, color);
  add_cell(cells, {cell.x, cell.y + cell.height - thick, cell.width, thick}, color);
  add_cell(cells, {cell.x, cell.y + thick, thick, inner}, color);
  add_cell(cells, {cell.x + cell.width - thick, cell.y + thick, thick, inner}, color);
}

/// The links as shapes of their own.
void add_cells(Scene& scene, const DrawnLinks& links, const MatrixView& view, const SceneOptions& options,
               const TaskControl& control) {
  constexpr double hollow_side = 0.16, small_inset = 0.24;  // of a cell
  const bool marked = links.fate && view.point * marked_from < 1.0;
  // Large cells keep a hair of distance, so that neighbours can be counted.
  const double apart = view.point * inset_from < 1.0 ? 0.06 : 0.0;
  const double inset = marked && *links.fate == LinkFate::kept ? small_inset : apart;
  Cells cells;
  links.for_each(options, control, [&](const LinkBlock& block) {
    const Rectangle place = links.place(block);
    const Rectangle cell{place.x + inset, place.y + inset, place.width - 2.0 * inset, place.height - 2.0 * inset};
    if (marked && *links.fate == LinkFate::removed) {
      add_hollow_cell(cells, cell, hollow_side, block.color);
    } else {
      add_cell(cells, cell, block.color);
    }
  });
  if (!cells.cells.empty()) scene.items.emplace_back(std::move(cells));
}

/// The links of one matrix as ink in the pixels of the device.
void add_image(Scene& scene, const std::vector<DrawnLinks>& sets, const MatrixView& view, const SceneOptions& options,
               const TaskControl& control) {
  const Rectangle shown = area_of(sets.front().range, sets.front().area);
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
  for (const DrawnLinks& links : sets) {
    links.for_each(options, control, [&](const LinkBlock& block) {
      const Rectangle place = links.place(block);
      const double x = (place.x - image.area.x) / pixel, y = (image_top - place.y - place.height) / pixel;
      raster.add(x, y, x + place.width / pixel, y + place.height / pixel, block.color);
    });
  }
  image.pixels = raster.pixels();
  scene.items.emplace_back(std::move(image));
}

/// Links that came or went, on an image whose cells are too small for them: each as a square that can be seen, of
/// `side` points, removed ones hollow where that shows.
void add_marks(Scene& scene, DrawnLinks links, double side, const MatrixView& view, const SceneOptions& options,
               const TaskControl& control) {
  constexpr double hollow_from = 2.4, thick = 0.5;  // points
  links.side = 1;
  Cells marks;
  links.for_each(options, control, [&](const LinkBlock& block) {
    const Rectangle cell = links.place(block);
    const double extent = std::max(side * view.point, cell.width);
    const Rectangle mark{cell.x + 0.5 * (cell.width - extent), cell.y + 0.5 * (cell.height - extent), extent, extent};
    if (links.fate == LinkFate::removed && side >= hollow_from) {
      add_hollow_cell(marks, mark, thick * view.point, block.color);
    } else {
      add_cell(marks, mark, block.color);
    }
  });
  if (!marks.cells.empty()) scene.items.emplace_back(std::move(marks));
}

/// Side of such a square, in points: the smaller, the more of them share these areas.
double mark_side(std::uint64_t marks, const std::vector<Rectangle>& areas, const MatrixView& view) {
  constexpr double cover = 0.2, smallest = 1.0, largest = 3.0;
  double area = 0.0;
  for (const Rectangle& one : areas) area += one.width * one.height / (view.point * view.point);
  return std::clamp(std::sqrt(cover * area / static_cast<double>(std::max<std::uint64_t>(marks, 1))), smallest,
                    largest);
}

}  // namespace

Scene build_matrix_scene(const SceneInput& input, const SceneOptions& options, const TaskControl& control) {
  Scene scene = empty_scene(options);
  if (!input.network) return scene;
  const CommunityOrder order = matrix_order(input, options);
  const NodeColors colors(order.input, options);
  const DrawnMatrices drawn{order, *input.network, colors};
  const Network& network = drawn.network();
  const std::optional<LinkChange> change = shown_change(order.input, options);
  const Legend legend = matrix_legend(colors, change, options);
  const std::vector<LinkSet> sets = link_sets(network, change);
  const MatrixLayout layout = arrange_matrices(network, options, legend);
  scene.bounds = layout.bounds;
  scene.link_count = network.link_count();
  scene.margins = layout.margins;
  scene.follows_view = true;
  scene.most_zoom =
      std::max(4.0, largest_cell / page_transform(scene, options.width_points, options.height_points).scale_x);
  const MatrixView view = view_of(scene, options);

  std::vector<CellRange> ranges;
  std::vector<Rectangle> shown_areas;
  std::uint64_t visible_links = 0, visible_changes = 0;
  for (std::size_t index = 0; index < network.masks().size(); ++index) {
    ranges.push_back(visible_cells(network.masks()[index], layout.areas[index], view.visible));
    if (is_empty(ranges.back())) continue;
    shown_areas.push_back(area_of(ranges.back(), layout.areas[index]));
    for (const LinkSet& set : sets) {
      const std::uint64_t links = links_in(set.network.masks()[index], ranges.back(), single_links_limit);
      visible_links += links;
      if (set.fate && *set.fate != LinkFate::kept) visible_changes += links;
    }
  }
  const NodeIndex side = block_side(network, 1.0 / view.point);
  const bool single_links = view.pixel <= side && visible_links <= single_links_limit;
  const bool marks_changes = change && view.point >= marked_changes_from && visible_changes <= single_links_limit;
  const double side_of_mark = mark_side(visible_changes, shown_areas, view);

  for (std::size_t index = 0; index < network.masks().size(); ++index) {
    control.check();
    if (is_empty(ranges[index])) continue;
    std::vector<DrawnLinks> drawn_sets;
    for (const LinkSet& set : sets) {
      drawn_sets.push_back({set.network.masks()[index], ranges[index], layout.areas[index], side, set.fate,
                            LinkColors(drawn, index, set.fate, options)});
    }
    if (single_links) {
      add_grid(scene, ranges[index], layout.areas[index], view, options.dark);
      for (const DrawnLinks& links : drawn_sets) {
        if (!marks_changes || links.fate == LinkFate::kept) add_cells(scene, links, view, options, control);
      }
    } else if (!marks_changes) {
      add_image(scene, drawn_sets, view, options, control);
    } else {
      add_image(scene, {drawn_sets.front()}, view, options, control);
    }
    if (!marks_changes) continue;
    for (const DrawnLinks& links : drawn_sets) {
      if (links.fate != LinkFate::kept) add_marks(scene, links, side_of_mark, view, options, control);
    }
  }
  for (std::size_t index = 0; index < network.masks().size(); ++index) {
    if (!is_empty(ranges[index])) {
      add_axes(scene, drawn, index, ranges[index], layout.areas[index], view, options);
    }
  }
  if (options.legend) add_legend(scene, legend, options, layout.below);
  return scene;
}

}  // namespace dnm
