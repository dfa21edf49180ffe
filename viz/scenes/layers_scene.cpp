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
#include "viz/scenes/node_colors.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"
#include "viz/scenes/thinning.h"

namespace dnm {

namespace {

constexpr double wanted_cover = 0.62;  // how dark a stretch becomes where links lie at their mean density
constexpr double faintest = 0.06;      // below, 8-bit blending loses links

double points_along(const SceneOptions& options, const Margins& margins) {
  const double length = options.orientation == Orientation::rows ? options.width_points - margins.left - margins.right
                                                                 : options.height_points - margins.top - margins.bottom;
  return std::max(length, 10.0);
}

Margins margins_for(const SceneInput& input, const SceneOptions& options, const Legend& legend) {
  const double size = tick_size(options);
  const double below = 5.0 + (options.legend ? legend_height(legend, options) : 0.0);
  if (options.orientation == Orientation::rows) {
    std::size_t longest = 7;  // "layer 1", and most sizes
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

/// The links of a network, or those of one fate, as lines of `width`, if kept. `crossing`: for how many links in each
/// layer they are faint enough.
void add_links(Scene& scene, const Network& network, std::optional<LinkFate> fate, const NodeColors& colors,
               const SceneOptions& options, const Thinning& thinning, const std::vector<double>& crossing, double width,
               const TaskControl& control) {
  const double length = points_along(options, scene.margins);
  const PageTransform page = page_transform(scene, options.width_points, options.height_points);
  Lines lines;
  lines.width = fate ? fate_width(*fate, width) : width;
  lines.points.reserve(2 * thinning.shown());
  lines.starts.reserve(thinning.shown());
  lines.colors.reserve(thinning.shown());
  std::uint64_t layer_begin = 0, shown = 0;
  for (std::size_t layer = 0; layer < network.masks().size(); ++layer) {
    const Mask& mask = network.masks()[layer];
    const double alpha = link_alpha(crossing[layer], width, length);
    std::vector<std::uint32_t> ranks;
    std::int64_t ranked_output = -1;
    NodeIndex output = 0;
    for (; shown < thinning.shown(); ++shown) {
      if (shown % 8192 == 0) control.check();
      const std::uint64_t link = thinning.item(shown);
      if (link >= layer_begin + mask.link_count()) break;
      const std::uint64_t place = link - layer_begin;
      while (mask.row_begin[output + 1] <= place) ++output;
      Color color = colors.of_link(network.first_node(layer) + mask.columns[place],
                                   network.first_node(layer + 1) + output, category_color(layer + 1, options.dark));
      if (options.link_coloring == LinkColoring::dendrite) {
        if (ranked_output != output) {
          ranks = dendrite_ranks(mask.row(output), mask.n_in);
          ranked_output = output;
        }
        color = category_color(ranks[place - mask.row_begin[output]] + 1, options.dark);
      }
      if (fate) color = fate_color(*fate, options.dark);
      const std::array ends{neuron_place(network, options.orientation, layer, mask.columns[place]),
                            neuron_place(network, options.orientation, layer + 1, output)};
      if (fate == LinkFate::removed) {
        append_removed(lines, ends, with_alpha(color, alpha), page);
      } else {
        append_line(lines, ends[0], ends[1], with_alpha(color, alpha));
      }
    }
    layer_begin += mask.link_count();
  }
  if (!lines.starts.empty()) scene.items.emplace_back(std::move(lines));
}

void add_neurons(Scene& scene, const Network& network, const NodeColors& colors, const SceneOptions& options) {
  const double length = points_along(options, scene.margins);
  Disks disks;
  Lines bars;  // a layer of more neurons than can be told apart
  bars.width = 1.0;
  for (std::size_t layer = 0; layer < network.layer_sizes().size(); ++layer) {
    const NodeIndex size = network.layer_sizes()[layer];
    const NodeIndex first = network.first_node(layer);
    if (size > options.link_limit) {
      bars.starts.push_back(static_cast<std::uint32_t>(bars.points.size()));
      bars.points.push_back(neuron_place(network, options.orientation, layer, 0));
      bars.points.push_back(neuron_place(network, options.orientation, layer, size - 1));
      bars.colors.push_back(colors.differ_within_layers() ? palette(options.dark).aside : colors.of(first));
      continue;
    }
    const double diameter = std::clamp(0.8 * length / size, 1.0, 5.0);
    for (NodeIndex neuron = 0; neuron < size; ++neuron) {
      disks.centers.push_back(neuron_place(network, options.orientation, layer, neuron));
      disks.diameters.push_back(static_cast<float>(diameter));
      disks.colors.push_back(colors.of(first + neuron));
    }
  }
  if (!bars.starts.empty()) scene.items.emplace_back(std::move(bars));
  if (!disks.centers.empty()) scene.items.emplace_back(std::move(disks));
}

/// Beside each layer its name and size; where layers lie close, names alone, or those of every second or third layer.
void add_names(Scene& scene, const SceneInput& input, const SceneOptions& options) {
  const Network& network = *input.network;
  const bool rows = options.orientation == Orientation::rows;
  const double size = tick_size(options);
  const auto layers = network.layer_sizes().size();
  const PageTransform page = page_transform(scene, options.width_points, options.height_points);
  const double extent = rows ? std::abs(page.scale_y) : std::abs(page.scale_x);
  const double spacing = extent / static_cast<double>(std::max<std::size_t>(layers - 1, 1));
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
      text.position = rows ? Point{0.0, across} : Point{across, 1.0};
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
  const NodeColors colors(input, options);
  const std::optional<LinkChange> change = shown_change(input, options);
  const Legend legend = layers_legend(colors, change, options);
  scene.margins = margins_for(input, options, legend);
  if (change) {
    const auto thinnings = thinned(*change, options.link_limit);
    scene.note = thinning_note(thinnings);
    std::vector<double> crossing(network.masks().size(), 0.0);
    for (const LinkFate fate : link_fates) {
      const std::vector<double> drawn = drawn_by_layer(change->of(fate), thinnings[static_cast<std::size_t>(fate)]);
      std::ranges::transform(crossing, drawn, crossing.begin(), std::plus<>());
    }
    const double width = line_width(crossing, points_along(options, scene.margins));
    for (const LinkFate fate : link_fates) {
      const Thinning& thinning = thinnings[static_cast<std::size_t>(fate)];
      std::vector<double> beside = drawn_by_layer(change->of(fate), thinning);
      std::ranges::transform(beside, crossing, beside.begin(), links_beside);
      add_links(scene, change->of(fate), fate, colors, options, thinning, beside, width, control);
    }
  } else {
    const Thinning thinning(network.link_count(), options.link_limit);
    scene.note = thinning_note(thinning, "links");
    const std::vector<double> drawn = drawn_by_layer(network, thinning);
    const double width = line_width(drawn, points_along(options, scene.margins));
    add_links(scene, network, {}, colors, options, thinning, drawn, width, control);
  }
  control.check();
  add_neurons(scene, network, colors, options);
  add_names(scene, input, options);
  if (options.legend) add_legend(scene, legend, options, 5.0);
  return scene;
}

}  // namespace dnm
