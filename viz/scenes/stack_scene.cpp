// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "core/support/digits.h"
#include "viz/scenes/axes.h"
#include "viz/scenes/dendrites.h"
#include "viz/scenes/link_change.h"
#include "viz/scenes/link_density.h"
#include "viz/scenes/node_colors.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"
#include "viz/scenes/stack_geometry.h"
#include "viz/scenes/thinning.h"

// The layers as planes on each other. The stack is seen from above, so what is higher is painted later.
namespace dnm {

namespace {

constexpr double legend_distance = 4.0;  // points, below the picture
constexpr double name_distance = 4.0;

struct Drawing {
  Scene& scene;
  const Network& network;
  const SceneOptions& options;
  const NodeColors& colors;
  StackGeometry geometry;

  [[nodiscard]] double scale() const {
    return page_transform(scene, options.width_points, options.height_points).scale_x;
  }
};

std::string name_of(const SceneInput& input, std::size_t layer) {
  return layer_name(input, layer) + "  " + with_commas(input.network->layer_sizes()[layer]);
}

/// The links of a network, or those of one fate, to each layer of outputs.
std::vector<Lines> lines_of(const Drawing& drawing, const Network& network, std::optional<LinkFate> fate,
                            const Thinning& thinning, std::uint64_t all_shown, const TaskControl& control) {
  const auto& [scene, whole, options, colors, geometry] = drawing;
  std::vector<Lines> by_layer(network.masks().size());
  const PageTransform page = page_transform(scene, options.width_points, options.height_points);
  const double shown = links_beside(static_cast<double>(thinning.shown()), static_cast<double>(all_shown));
  const double width = options.line_width * (all_shown < 2000 ? 0.5 : 0.35);
  const double layers = static_cast<double>(std::max<std::size_t>(network.masks().size(), 1));
  const double alpha = options.link_opacity *
                       std::clamp(1.6 * std::sqrt(drawing.scale() * width * layers / std::max(shown, 1.0)), 0.06, 0.75);
  const bool by_dendrite = !fate && options.link_coloring == LinkColoring::dendrite;
  std::uint64_t link = 0, next = 0;
  for (std::size_t layer = 0; layer < network.masks().size(); ++layer) {
    const Mask& mask = network.masks()[layer];
    Lines& lines = by_layer[layer];
    lines.width = fate ? fate_width(*fate, width) : width;
    std::vector<std::uint32_t> ranks;
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      if (output % 64 == 0) control.check();
      const auto inputs = mask.row(output);
      if (by_dendrite) ranks = dendrite_ranks(inputs, mask.n_in);
      for (std::size_t place = 0; place < inputs.size(); ++place) {
        if (next == thinning.shown() || thinning.item(next) != link++) continue;
        ++next;
        Color color = colors.of_link(network.first_node(layer) + inputs[place], network.first_node(layer + 1) + output,
                                     category_color(layer + 1, options.dark));
        if (by_dendrite) color = category_color(ranks[place] + 1, options.dark);
        if (fate) color = fate_color(*fate, options.dark);
        const std::array ends{geometry.neuron(layer, inputs[place]), geometry.neuron(layer + 1, output)};
        if (fate == LinkFate::removed) {
          append_removed(lines, ends, with_alpha(color, alpha), page);
        } else {
          append_line(lines, ends[0], ends[1], with_alpha(color, alpha));
        }
      }
    }
  }
  return by_layer;
}

void add_plane(const Drawing& drawing, std::size_t layer) {
  const auto& [scene, network, options, colors, geometry] = drawing;
  const std::array corners{geometry.on_plane(layer, -0.5, -0.5), geometry.on_plane(layer, 0.5, -0.5),
                           geometry.on_plane(layer, 0.5, 0.5), geometry.on_plane(layer, -0.5, 0.5)};
  Bands plane;
  plane.starts = {0};
  plane.lower = {corners[0], corners[1]};
  plane.upper = {corners[3], corners[2]};
  plane.colors = {with_alpha(palette(options.dark).aside, 0.16)};
  scene.items.emplace_back(std::move(plane));
  Lines frame;
  frame.starts = {0};
  frame.colors = {palette(options.dark).frame};
  frame.points.assign(corners.begin(), corners.end());
  frame.points.push_back(corners[0]);
  scene.items.emplace_back(std::move(frame));
}

void add_neurons(const Drawing& drawing, std::size_t layer) {
  const auto& [scene, network, options, colors, geometry] = drawing;
  const NodeIndex size = network.layer_sizes()[layer];
  if (size > options.link_limit) return;  // the plane alone: they could not be told apart
  const double diameter = options.node_size * std::clamp(0.4 * drawing.scale() / geometry.side(layer), 0.8, 6.0);
  Disks disks;
  for (NodeIndex neuron = 0; neuron < size; ++neuron) {
    disks.centers.push_back(geometry.neuron(layer, neuron));
    disks.diameters.push_back(static_cast<float>(diameter));
    disks.colors.push_back(colors.of(network.first_node(layer) + neuron));
  }
  if (!disks.centers.empty()) scene.items.emplace_back(std::move(disks));
}

void add_name(const Drawing& drawing, const SceneInput& input, std::size_t layer) {
  const auto& [scene, network, options, colors, geometry] = drawing;
  const double size = tick_size(options);
  const double spacing = drawing.scale() * (geometry.height(1) - geometry.height(0));
  const auto step = static_cast<std::size_t>(std::max(1.0, std::ceil(1.3 * size / std::max(spacing, 1e-3))));
  if (layer % step != 0) return;
  Text text{{scene.bounds.x, geometry.height(layer)}, name_of(input, layer), size, scene.ink, Anchor::right};
  text.offset = {-name_distance, 0.0};
  scene.items.emplace_back(std::move(text));
}

/// All links by their layer, in the order in which they are painted: those of all fates after each other, of which
/// `by_fate` are drawn. `over_density`: kept ones become a density, on which the others lie.
std::vector<std::vector<Lines>> all_lines(const Drawing& drawing, const std::optional<LinkChange>& change,
                                          std::span<const Thinning> by_fate, bool over_density,
                                          const TaskControl& control) {
  std::vector<std::vector<Lines>> by_layer(drawing.network.masks().size());
  const auto add = [&](std::vector<Lines> lines) {
    for (std::size_t layer = 0; layer < by_layer.size(); ++layer) by_layer[layer].push_back(std::move(lines[layer]));
  };
  if (!change) {
    add(lines_of(drawing, drawing.network, {}, by_fate.front(), by_fate.front().shown(), control));
    return by_layer;
  }
  std::uint64_t beside = 0;
  for (const LinkFate fate : link_fates) {
    if (!over_density || fate != LinkFate::kept) beside += by_fate[static_cast<std::size_t>(fate)].shown();
  }
  for (const LinkFate fate : link_fates) {
    add(lines_of(drawing, change->of(fate), fate, by_fate[static_cast<std::size_t>(fate)], beside, control));
  }
  return by_layer;
}

}  // namespace

Scene build_stack_scene(const SceneInput& input, const SceneOptions& options, const TaskControl& control) {
  if (!input.network) return empty_scene(options);
  const Network& network = *input.network;
  if (!network.is_layered()) {
    return message_scene(options, "A general graph has no layers; matrix and disk show it.");
  }
  Scene scene = empty_scene(options);
  const NodeColors colors(input, options);
  const std::optional<LinkChange> change = shown_change(input, options);
  Legend legend = colors.legend();
  if (change) add_change(legend, *change, LinkMarks::lines, options.dark);
  const StackGeometry geometry(network, options.turn);
  scene.bounds = geometry.bounds();
  scene.link_count = network.link_count();
  scene.turns = true;
  std::size_t longest = 0;
  const std::size_t layers = network.layer_sizes().size();
  for (std::size_t layer = 0; layer < layers; ++layer) {
    longest = std::max(longest, character_count(name_of(input, layer)));
  }
  const std::uint64_t links = change ? change->link_count() : network.link_count();
  const bool dense = shows_density(options, links);
  const std::vector<Thinning> by_fate = drawn_links(network, change, dense, options);
  scene.follows_view = dense;
  const double bar = dense ? reserve_density(scene, options) : 0.0;
  if (!dense) {
    scene.note = change ? thinning_note(by_fate) : thinning_note(by_fate.front(), "links");
  } else if (change && options.legend) {
    scene.note = changes_note(std::span<const Thinning, link_fates.size()>(by_fate));
  }
  const double legend_room = options.legend ? legend_height(legend, options) : 0.0;
  scene.margins = {room_for(longest, tick_size(options)) + 2.0 * name_distance, 6.0, 6.0,
                   legend_distance + legend_room + bar + 2.0};
  const Drawing drawing{scene, network, options, colors, geometry};
  auto by_layer = all_lines(drawing, change, by_fate, dense, control);
  std::vector<Image> images;
  if (dense) {
    std::vector<Lines> together;
    for (auto& lists : by_layer) {
      together.push_back(std::move(lists.front()));
      lists.erase(lists.begin());
    }
    images = density_images(scene, together, links_per_line(by_fate.front()), legend_distance + legend_room, options,
                            control);
  }
  for (std::size_t layer = 0; layer < layers; ++layer) {
    control.check();
    add_plane(drawing, layer);
    add_neurons(drawing, layer);
    add_name(drawing, input, layer);
    if (layer + 1 == layers) break;
    if (dense) scene.items.emplace_back(std::move(images[layer]));
    for (const Lines& lines : by_layer[layer]) {
      if (!lines.starts.empty()) scene.items.emplace_back(lines);
    }
  }
  if (options.legend) add_legend(scene, legend, options, legend_distance);
  return scene;
}

}  // namespace dnm
