// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>
#include <vector>

#include "core/support/digits.h"
#include "viz/scenes/axes.h"
#include "viz/scenes/dendrites.h"
#include "viz/scenes/layers_geometry.h"
#include "viz/scenes/link_change.h"
#include "viz/scenes/link_density.h"
#include "viz/scenes/node_colors.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"
#include "viz/scenes/thinning.h"

namespace dnm {

namespace {

constexpr double wanted_cover = 0.62;     // how dark a stretch becomes where links lie at their mean density
constexpr double faintest = 0.06;         // below, 8-bit blending loses links
constexpr double legend_distance = 5.0;   // points, below the picture
constexpr double largest_spacing = 20.0;  // points between neurons, at the highest zoom

double points_along(const SceneOptions& options, const Margins& margins) {
  const double length = options.orientation == Orientation::rows ? options.width_points - margins.left - margins.right
                                                                 : options.height_points - margins.top - margins.bottom;
  return std::max(length, 10.0);
}

Margins margins_for(const SceneInput& input, const SceneOptions& options, const Legend& legend) {
  const double size = tick_size(options);
  const double below = 5.0 + (options.legend ? legend_height(legend, options) : 0.0);
  if (options.orientation == Orientation::rows) {
    std::size_t longest = 9;  // "layer 10" and most sizes; "Schicht 1" of a German window
    for (std::size_t layer = 0; layer < input.network->layer_sizes().size(); ++layer)
      longest = std::max(longest, character_count(layer_name(input, layer)));
    return {room_for(longest, size) + 4.0, 6.0, 5.0, below};
  }
  return {room_for(4, size), room_for(4, size), 2.6 * size + 4.0, below};
}

/// Thin lines that together cover `wanted_cover` of the paper where `links` of them cross a section of `length` points.
double link_alpha(double links, double width, double length) {
  const double cover = std::max(links * width / length, 1e-9);
  return std::clamp(1.0 - std::pow(1.0 - wanted_cover, 1.0 / cover), faintest, 0.9);
}

/// How many links of each layer are drawn.
std::vector<double> drawn_by_layer(const Network& network, const Thinning& thinning) {
  const double part =
      static_cast<double>(thinning.shown()) / static_cast<double>(std::max<std::uint64_t>(thinning.total(), 1));
  std::vector<double> drawn;
  for (const Mask& mask : network.masks()) drawn.push_back(part * static_cast<double>(mask.link_count()));
  return drawn;
}

/// Width of a line where so many are drawn of all layers.
double line_width(const std::vector<double>& drawn, double length) {
  const double links_per_layer =
      std::accumulate(drawn.begin(), drawn.end(), 0.0) / static_cast<double>(std::max<std::size_t>(drawn.size(), 1));
  return links_per_layer < length ? 0.6 : 0.35;
}

/// The part of the layers that is in view between the margins: along the neurons, as shares of a layer.
struct Window {
  double begin = 0.0, end = 1.0;
  [[nodiscard]] bool is_whole() const { return begin <= 0.0 && end >= 1.0; }
  [[nodiscard]] bool holds(double along) const { return along >= begin && along <= end; }
};

Window window_of(const Scene& scene, const SceneOptions& options) {
  if (options.viewport.width <= 0.0 || options.viewport.height <= 0.0) return {};
  const PageTransform seen = seen_transform(scene, options);
  const Margins& margins = scene.margins;
  if (options.orientation == Orientation::rows) {
    return {std::max(0.0, seen.to_data({margins.left, 0.0}).x),
            std::min(1.0, seen.to_data({options.width_points - margins.right, 0.0}).x)};
  }
  return {std::max(0.0, 1.0 - seen.to_data({0.0, options.height_points - margins.top}).y),
          std::min(1.0, 1.0 - seen.to_data({0.0, margins.bottom + note_height(scene)}).y)};
}

/// All that a picture of layers is drawn with.
struct Drawing {
  Scene& scene;
  const SceneOptions& options;
  const NodeColors& colors;
  Window window;

  [[nodiscard]] bool is_rows() const { return options.orientation == Orientation::rows; }
  /// A place by its shares along a layer and across the layers.
  [[nodiscard]] Point at(double along, double across) const {
    return is_rows() ? Point{along, across} : Point{across, 1.0 - along};
  }
  [[nodiscard]] double along(Point place) const { return is_rows() ? place.x : 1.0 - place.y; }
};

/// Adds the parts of a polyline that lie in the window.
void append_in_window(Lines& lines, std::span<const Point> corners, Color color, const Drawing& drawing) {
  bool is_open = false;
  for (std::size_t corner = 0; corner + 1 < corners.size(); ++corner) {
    const Point from = corners[corner], to = corners[corner + 1];
    const double begin = drawing.along(from), length = drawing.along(to) - begin;
    double first = 0.0, last = 1.0;
    if (!drawing.window.is_whole()) {
      if (length == 0.0 && !drawing.window.holds(begin)) last = -1.0;
      if (length != 0.0) {
        const double enters = (drawing.window.begin - begin) / length, leaves = (drawing.window.end - begin) / length;
        first = std::max(first, std::min(enters, leaves));
        last = std::min(last, std::max(enters, leaves));
      }
    }
    if (first > last) {
      is_open = false;
      continue;
    }
    const auto point = [&](double part) {
      return part == 1.0 ? to : Point{from.x + part * (to.x - from.x), from.y + part * (to.y - from.y)};
    };
    if (is_open && first == 0.0) {
      lines.points.push_back(point(last));
    } else {
      append_line(lines, point(first), point(last), color);
    }
    is_open = last == 1.0;
  }
}

/// The dendrites of one output neuron: which one each of its links belongs to, and the middle of its inputs.
class Dendrites {
 public:
  void look_at(const Mask& mask, NodeIndex output) {
    if (mask_ == &mask && output_ == output) return;
    mask_ = &mask;
    output_ = output;
    const auto row = mask.row(output);
    ranks_ = dendrite_ranks(row, mask.n_in);
    const std::size_t count = ranks_.empty() ? 0 : *std::ranges::max_element(ranks_) + std::size_t{1};
    std::vector<double> sums(count, 0.0), sizes(count, 0.0);
    for (std::size_t link = 0; link < row.size(); ++link) {
      sums[ranks_[link]] += (row[link] + 0.5) / mask.n_in;
      sizes[ranks_[link]] += 1.0;
    }
    first_is_over_border_ = row.size() > 1 && row.size() < mask.n_in && row.front() == 0 &&
                            row.back() + 1 == mask.n_in && ranks_.back() == 0;
    middles_.resize(count);
    std::ranges::transform(sums, sizes, middles_.begin(), std::divides<>());
  }
  [[nodiscard]] std::uint32_t rank(std::size_t link) const { return ranks_[link]; }
  /// Along the layer of the inputs; nothing for a run over the border, which has no middle.
  [[nodiscard]] std::optional<double> middle(std::size_t link) const {
    if (first_is_over_border_ && ranks_[link] == 0) return std::nullopt;
    return middles_[ranks_[link]];
  }

 private:
  const Mask* mask_ = nullptr;
  NodeIndex output_ = 0;
  std::vector<std::uint32_t> ranks_;
  std::vector<double> middles_;
  bool first_is_over_border_ = false;
};

/// From an input into the trunk that the links of its dendrite share, and along that to the output.
void append_bundled(std::vector<Point>& corners, Point input, Point middle, Point output) {
  constexpr double bend = 0.25, joined = 0.55;  // shares of the way from the middle of the inputs
  constexpr int parts = 6;
  const auto trunk = [&](double share) {
    return Point{middle.x + share * (output.x - middle.x), middle.y + share * (output.y - middle.y)};
  };
  const Point control = trunk(bend), end = trunk(joined);
  for (int part = 0; part <= parts; ++part) {
    const double t = static_cast<double>(part) / parts, a = (1.0 - t) * (1.0 - t), b = 2.0 * t * (1.0 - t), c = t * t;
    corners.push_back({a * input.x + b * control.x + c * end.x, a * input.y + b * control.y + c * end.y});
  }
  corners.push_back(output);
}

/// Which links are drawn, and how faint: in each layer as if so many crossed it.
struct ShownLinks {
  const Network& network;
  std::optional<LinkFate> fate{};
  const Thinning& thinning;
  const std::vector<double>& crossing;
};

/// The links of a network, or those of one fate, as lines of `width`, if kept.
Lines lines_of(const Drawing& drawing, const ShownLinks& links, double width, const TaskControl& control) {
  const auto& [network, fate, thinning, crossing] = links;
  const SceneOptions& options = drawing.options;
  const double length = points_along(options, drawing.scene.margins);
  const PageTransform page = seen_transform(drawing.scene, options);
  Lines lines;
  lines.width = fate ? fate_width(*fate, width) : width;
  lines.points.reserve(2 * thinning.shown());
  lines.starts.reserve(thinning.shown());
  lines.colors.reserve(thinning.shown());
  const bool by_dendrite = options.link_coloring == LinkColoring::dendrite;
  const bool bundled = options.bundles == LinkBundles::dendrite;
  Dendrites dendrites;
  std::vector<Point> corners;
  std::uint64_t layer_begin = 0, shown = 0;
  for (std::size_t layer = 0; layer < network.masks().size(); ++layer) {
    const Mask& mask = network.masks()[layer];
    const double alpha = options.link_opacity * link_alpha(crossing[layer], width, length);
    const double across = neuron_place(network, Orientation::rows, layer, 0).y;
    NodeIndex output = 0;
    for (; shown < thinning.shown(); ++shown) {
      if (shown % 8192 == 0) control.check();
      const std::uint64_t link = thinning.item(shown);
      if (link >= layer_begin + mask.link_count()) break;
      const std::uint64_t place = link - layer_begin;
      while (mask.row_begin[output + 1] <= place) ++output;
      const std::size_t in_row = place - mask.row_begin[output];
      if (by_dendrite || bundled) dendrites.look_at(mask, output);
      Color color =
          drawing.colors.of_link(network.first_node(layer) + mask.columns[place],
                                 network.first_node(layer + 1) + output, category_color(layer + 1, options.dark));
      if (by_dendrite) color = category_color(dendrites.rank(in_row) + 1, options.dark);
      if (fate) color = fate_color(*fate, options.dark);
      const Point input = neuron_place(network, options.orientation, layer, mask.columns[place]);
      const Point end = neuron_place(network, options.orientation, layer + 1, output);
      corners.clear();
      const auto middle = bundled ? dendrites.middle(in_row) : std::nullopt;
      if (middle) {
        append_bundled(corners, input, drawing.at(*middle, across), end);
      } else {
        corners.assign({input, end});
      }
      if (fate == LinkFate::removed) {
        append_removed(lines, corners, with_alpha(color, alpha), page);
      } else {
        append_in_window(lines, corners, with_alpha(color, alpha), drawing);
      }
    }
    layer_begin += mask.link_count();
  }
  return lines;
}

/// The links of all fates, or of none, in the order in which they are painted. `by_fate`: which of each are drawn.
/// `over_density`: kept ones become a density, on which the others lie.
std::vector<Lines> all_lines(const Drawing& drawing, const Network& network, const std::optional<LinkChange>& change,
                             std::span<const Thinning> by_fate, bool over_density, const TaskControl& control) {
  const double length = points_along(drawing.options, drawing.scene.margins);
  std::vector<Lines> all;
  if (!change) {
    const std::vector<double> drawn = drawn_by_layer(network, by_fate.front());
    const double width = drawing.options.line_width * line_width(drawn, length);
    all.push_back(lines_of(drawing, {network, {}, by_fate.front(), drawn}, width, control));
    return all;
  }
  std::vector<double> crossing(network.masks().size(), 0.0);
  for (const LinkFate fate : link_fates) {
    if (over_density && fate == LinkFate::kept) continue;
    const std::vector<double> drawn = drawn_by_layer(change->of(fate), by_fate[static_cast<std::size_t>(fate)]);
    std::ranges::transform(crossing, drawn, crossing.begin(), std::plus<>());
  }
  const double width = drawing.options.line_width * line_width(crossing, length);
  for (const LinkFate fate : link_fates) {
    const Thinning& thinning = by_fate[static_cast<std::size_t>(fate)];
    std::vector<double> beside = drawn_by_layer(change->of(fate), thinning);
    std::ranges::transform(beside, crossing, beside.begin(), links_beside);
    all.push_back(lines_of(drawing, {change->of(fate), fate, thinning, beside}, width, control));
  }
  return all;
}

void add_neurons(const Drawing& drawing, const Network& network) {
  const auto& [scene, options, colors, window] = drawing;
  const double length = points_along(options, scene.margins);
  Disks disks;
  Lines bars;  // a layer of more neurons than can be told apart
  bars.width = 1.0;
  for (std::size_t layer = 0; layer < network.layer_sizes().size(); ++layer) {
    const NodeIndex size = network.layer_sizes()[layer];
    const NodeIndex first = network.first_node(layer);
    const double seen = size * (window.end - window.begin);  // neurons
    if (seen > static_cast<double>(options.link_limit)) {
      const double across = neuron_place(network, Orientation::rows, layer, 0).y;
      append_line(bars, drawing.at(std::max(window.begin, 0.5 / size), across),
                  drawing.at(std::min(window.end, 1.0 - 0.5 / size), across),
                  colors.differ_within_layers() ? palette(options.dark).aside : colors.of(first));
      continue;
    }
    const double diameter = options.node_size * std::clamp(0.8 * length / std::max(seen, 1.0), 1.0, 5.0);
    for (NodeIndex neuron = 0; neuron < size; ++neuron) {
      if (!window.holds((neuron + 0.5) / size)) continue;
      disks.centers.push_back(neuron_place(network, options.orientation, layer, neuron));
      disks.diameters.push_back(static_cast<float>(diameter));
      disks.colors.push_back(colors.of(first + neuron));
    }
  }
  if (!bars.starts.empty()) scene.items.emplace_back(std::move(bars));
  if (!disks.centers.empty()) scene.items.emplace_back(std::move(disks));
}

/// Beside the layers of a part that is in view, the numbers of some of its neurons.
void add_numbers(const Drawing& drawing, const Network& network) {
  const auto& [scene, options, colors, window] = drawing;
  if (window.is_whole()) return;
  const double size = 0.9 * tick_size(options);
  const std::size_t layers = network.layer_sizes().size();
  for (std::size_t layer = 0; layer < layers; ++layer) {
    const NodeIndex neurons = network.layer_sizes()[layer];
    const double first = std::ceil(window.begin * neurons - 0.5), last = std::floor(window.end * neurons - 0.5);
    if (last <= first) continue;
    const double across = neuron_place(network, Orientation::rows, layer, 0).y;
    // Between the layers, where there is room inside the picture too.
    const double side = layer + 1 == layers ? -1.0 : 1.0;
    for (const double tick : round_ticks(first, last, 6)) {
      const double along = (tick + 0.5) / neurons;
      if (tick < 0.0 || tick != std::floor(tick) || tick >= neurons || !window.holds(along)) continue;
      Text text;
      text.text = with_commas(static_cast<std::uint64_t>(tick));
      text.size = size;
      text.color = scene.ink;
      text.position = drawing.at(along, across);
      text.horizontal = drawing.is_rows() ? Anchor::center : (side > 0.0 ? Anchor::left : Anchor::right);
      text.offset = drawing.is_rows() ? Point{0.0, side * (0.7 * size + 3.0)} : Point{side * 5.0, 0.0};
      scene.items.emplace_back(std::move(text));
    }
  }
}

/// Names and sizes of the layers, at the border of what is in view.
void add_names(const Drawing& drawing, const SceneInput& input) {
  const auto& [scene, options, colors, window] = drawing;
  const Network& network = *input.network;
  const bool rows = options.orientation == Orientation::rows;
  const double size = tick_size(options);
  const auto layers = network.layer_sizes().size();
  const PageTransform page = page_transform(scene, options.width_points, options.height_points);
  const double extent = rows ? std::abs(page.scale_y) : std::abs(page.scale_x);
  const double spacing = extent / static_cast<double>(std::max<std::size_t>(layers - 1, 1));
  double border = rows ? 0.0 : 1.0;
  if (options.viewport.width > 0.0) {
    const Point corner =
        seen_transform(scene, options).to_data({scene.margins.left, options.height_points - scene.margins.top});
    border = rows ? corner.x : corner.y;
  }
  std::size_t longest = 0;
  for (std::size_t layer = 0; layer < layers; ++layer)
    longest = std::max(
        {longest, character_count(layer_name(input, layer)), with_commas(network.layer_sizes()[layer]).size()});
  // Text sizes that one line and two lines beside a row need; the outermost are shifted towards the others.
  const double shifted = layers == 2 ? 0.9 : 0.45, one_line = 1.1 + shifted, two_lines = 2.3 + shifted;
  const double needed = rows ? one_line * size : room_for(longest + 1, size);
  const auto step = static_cast<std::size_t>(std::max(1.0, std::ceil(needed / std::max(spacing, 1e-3))));
  const bool with_sizes = !rows || spacing >= two_lines * size;
  for (std::size_t layer = 0; layer < layers; layer += step) {
    const double across = static_cast<double>(layer) / static_cast<double>(std::max<std::size_t>(layers - 1, 1));
    for (const bool is_name : {true, false}) {
      if (!is_name && !with_sizes) continue;
      Text text;
      text.text = is_name ? layer_name(input, layer) : with_commas(network.layer_sizes()[layer]);
      text.size = size;
      text.color = scene.ink;
      text.position = rows ? Point{border, across} : Point{across, border};
      text.horizontal = rows ? Anchor::right : Anchor::center;
      if (rows) {
        // The outermost names stay inside the picture.
        const double shift = layer == 0 ? 0.45 * size : (layer + 1 == layers ? -0.45 * size : 0.0);
        text.offset = {-4.0, (!with_sizes ? 0.0 : is_name ? 0.6 : -0.6) * size + shift};
      } else {
        text.offset = {0.0, (is_name ? 1.9 : 0.7) * size + 3.0};
      }
      scene.items.emplace_back(std::move(text));
    }
  }
}

Legend layers_legend(const NodeColors& colors, const std::optional<LinkChange>& change, const SceneOptions& options) {
  Legend legend = colors.legend();
  if (change) add_change(legend, *change, LinkMarks::lines, options.dark);
  return legend;
}

/// The part of the picture in view.
Rectangle part_in_view(const Drawing& drawing) {
  const Point begin = drawing.at(drawing.window.begin, 0.0), end = drawing.at(drawing.window.end, 1.0);
  return {std::min(begin.x, end.x), std::min(begin.y, end.y), std::abs(end.x - begin.x), std::abs(end.y - begin.y)};
}

}  // namespace

Scene build_layers_scene(const SceneInput& input, const SceneOptions& options, const TaskControl& control) {
  if (!input.network) return empty_scene(options);
  const Network& network = *input.network;
  if (!network.is_layered()) {
    return message_scene(options, "A general graph has no layers; matrix and disk show it.");
  }
  Scene scene = empty_scene(options);
  scene.bounds = {0.0, 0.0, 1.0, 1.0};
  scene.keep_aspect = false;
  scene.link_count = network.link_count();
  scene.follows_view = true;
  scene.zoom_axes = options.orientation == Orientation::rows ? ZoomAxes::x : ZoomAxes::y;
  const NodeColors colors(input, options);
  const std::optional<LinkChange> change = shown_change(input, options);
  const Legend legend = layers_legend(colors, change, options);
  scene.margins = margins_for(input, options, legend);
  const NodeIndex largest = std::ranges::max(network.layer_sizes());
  scene.most_zoom = std::max(4.0, largest_spacing * largest / points_along(options, scene.margins));
  const std::uint64_t links = change ? change->link_count() : network.link_count();
  const bool dense = shows_density(options, links);
  const std::vector<Thinning> by_fate = drawn_links(network, change, dense, options);
  if (dense) {
    scene.margins.bottom += reserve_density(scene, options);
    if (change && options.legend) scene.note = changes_note(std::span<const Thinning, link_fates.size()>(by_fate));
  } else {
    scene.note = change ? thinning_note(by_fate) : thinning_note(by_fate.front(), "links");
  }
  const Drawing drawing{scene, options, colors, window_of(scene, options)};
  std::vector<Lines> lines = all_lines(drawing, network, change, by_fate, dense, control);
  if (dense) {
    add_density(scene, part_in_view(drawing), std::span(lines).first(1), links_per_line(by_fate.front()),
                legend_distance + legend_height(legend, options), options, control);
    lines.erase(lines.begin());
  }
  for (Lines& part : lines) {
    if (!part.starts.empty()) scene.items.emplace_back(std::move(part));
  }
  control.check();
  add_neurons(drawing, network);
  add_numbers(drawing, network);
  add_names(drawing, input);
  if (options.legend) add_legend(scene, legend, options, legend_distance);
  return scene;
}

}  // namespace dnm
