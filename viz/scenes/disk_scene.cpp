// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <tuple>

#include "core/network/mask_rows.h"
#include "core/support/digits.h"
#include "viz/scenes/dendrites.h"
#include "viz/scenes/disk_geometry.h"
#include "viz/scenes/link_change.h"
#include "viz/scenes/link_density.h"
#include "viz/scenes/node_colors.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"
#include "viz/scenes/thinning.h"

// The hyperbolic disk: data coordinates are those of the unit disk. Poincaré disk and native representation as in
// Krioukov et al., Phys. Rev. E 82:036106, 2010, doi:10.1103/PhysRevE.82.036106.
namespace dnm {

namespace {

// Of the arcs of groups around the rim, in points.
constexpr double arc_distance = 3.5, arc_width = 3.0;

/// The names of the layers; other colourings bring their own legend.
Legend legend_of(const SceneInput& input, const NodeColors& colors, const SceneOptions& options) {
  const Network& network = *input.network;
  const Embedding& embedding = *input.embedding;
  if (colors.differ_within_layers()) return colors.legend();
  Legend legend;
  if (network.is_layered()) {
    for (std::size_t layer = 0; layer < network.layer_sizes().size(); ++layer) {
      legend.entries.push_back({layer_name(input, layer), category_color(layer, options.dark)});
    }
  }
  const bool all = std::all_of(embedding.component.begin(), embedding.component.end(),
                               [](NodeIndex component) { return component == 0; });
  if (!all) legend.entries.push_back({"not embedded", palette(options.dark).aside});
  return legend;
}

/// Radius of the disk on the page, in points.
double disk_points(const Scene& scene, const SceneOptions& options) {
  return page_transform(scene, options.width_points, options.height_points).scale_x;
}

void add_rim(Scene& scene, const SceneOptions& options) {
  constexpr int corners = 360;
  Lines rim;
  rim.width = 0.5;
  rim.starts = {0};
  rim.colors = {palette(options.dark).frame};
  for (int corner = 0; corner <= corners; ++corner) {
    const double angle = 2.0 * std::numbers::pi * (corner % corners) / corners;
    rim.points.push_back({std::cos(angle), std::sin(angle)});
  }
  scene.items.emplace_back(std::move(rim));
}

/// The links that are shown, as node pairs, in the order in which they are painted: the layers take turns, so that the
/// last one does not cover the others.
struct ShownLink {
  NodeIndex from, to;
  std::size_t layer;
  std::uint32_t dendrite;  ///< its rank, where links are coloured by it
};

std::vector<ShownLink> shown_links(const Network& network, const Thinning& thinning, bool by_dendrite) {
  std::vector<std::vector<ShownLink>> by_layer(network.masks().size());
  std::uint64_t link = 0, next = 0;
  for (std::size_t layer = 0; layer < network.masks().size(); ++layer) {
    const Mask& mask = network.masks()[layer];
    const NodeIndex inputs = network.first_node(layer);
    const NodeIndex outputs = network.is_layered() ? network.first_node(layer + 1) : inputs;
    for (NodeIndex row = 0; row < mask.n_out; ++row) {
      const auto columns = mask.row(row);
      const std::vector<std::uint32_t> ranks =
          by_dendrite ? dendrite_ranks(columns, mask.n_in) : std::vector<std::uint32_t>{};
      for (std::size_t place = 0; place < columns.size(); ++place) {
        const NodeIndex column = columns[place];
        // The symmetric mask of a general graph holds every link twice.
        if (!network.is_layered() && column > row) break;
        if (next == thinning.shown()) break;
        if (thinning.item(next) == link++) {
          by_layer[layer].push_back({inputs + column, outputs + row, layer, by_dendrite ? ranks[place] : 0});
          ++next;
        }
      }
    }
  }
  constexpr std::size_t rounds = 48;
  std::vector<ShownLink> links;
  links.reserve(thinning.shown());
  for (std::size_t round = 0; round < rounds; ++round) {
    for (const auto& layer : by_layer) {
      // Every 48th link from a start of its own: neighbours come in different rounds.
      for (std::size_t place = round; place < layer.size(); place += rounds) links.push_back(layer[place]);
    }
  }
  return links;
}

/// The links of a network, or those of one fate, at the places of the embedding. `all_shown`: how many of any fate.
Lines lines_of(const Scene& scene, const Network& network, std::optional<LinkFate> fate, const Embedding& embedding,
               const NodeColors& colors, const SceneOptions& options, const Thinning& thinning, std::uint64_t all_shown,
               double disk_radius, const TaskControl& control) {
  const DiskProjection projection = projection_of(embedding, options);
  const double tolerance = std::clamp(0.15 / disk_radius, 2e-4, 5e-3);
  const double shown = links_beside(static_cast<double>(thinning.shown()), static_cast<double>(all_shown));
  Lines lines;
  lines.width = options.line_width * (all_shown < 2000 ? 0.5 : 0.35);
  const double alpha =
      options.link_opacity * std::clamp(2.2 * std::sqrt(disk_radius * lines.width / std::max(shown, 1.0)), 0.08, 0.75);
  if (fate) lines.width = fate_width(*fate, lines.width);
  const bool by_dendrite = !fate && options.link_coloring == LinkColoring::dendrite && network.is_layered();
  const PageTransform page = page_transform(scene, options.width_points, options.height_points);
  const auto color_of = [&](const ShownLink& link) {
    if (fate) return fate_color(*fate, options.dark);
    if (!is_embedded(embedding, link.from)) return palette(options.dark).aside;
    if (by_dendrite) return category_color(link.dendrite + 1, options.dark);
    return colors.of_link(link.from, link.to, category_color(link.layer + 1, options.dark));
  };

  std::vector<DiskPoint> curve;
  std::vector<Point> corners;
  for (const ShownLink& link : shown_links(network, thinning, by_dendrite)) {
    if (lines.starts.size() % 1024 == 0) control.check();
    curve.clear();
    append_geodesic(curve, polar(embedding, link.from), polar(embedding, link.to), projection, tolerance);
    corners.clear();
    for (const DiskPoint& point : curve) corners.push_back({point.x, point.y});
    const Color color = with_alpha(color_of(link), alpha);
    if (fate == LinkFate::removed) {
      append_removed(lines, corners, color, page);
      continue;
    }
    lines.starts.push_back(static_cast<std::uint32_t>(lines.points.size()));
    lines.points.insert(lines.points.end(), corners.begin(), corners.end());
    lines.colors.push_back(color);
  }
  return lines;
}

constexpr double widest_node = 1.5;  // of node_size(), that of the most links

/// Points across of a node of medium size.
double node_size(const Network& network, double disk_radius, const SceneOptions& options) {
  const double spacing =
      2.0 * std::numbers::pi * disk_radius / std::max(1.0, static_cast<double>(network.node_count()));
  return options.node_size * std::clamp(1.1 * spacing, 1.4, std::max(1.4, disk_radius / 14.0));
}

void add_nodes(Scene& scene, const SceneInput& input, const NodeColors& colors, const SceneOptions& options,
               const Thinning& thinning, double disk_radius) {
  const Network& network = *input.network;
  const Embedding& embedding = *input.embedding;
  const DiskProjection projection = projection_of(embedding, options);
  const std::vector<NodeIndex> degrees = node_degrees(network);
  const double largest =
      degrees.empty() ? 1.0 : std::max(1.0, static_cast<double>(*std::max_element(degrees.begin(), degrees.end())));
  const double size = node_size(network, disk_radius, options);

  // Large nodes lie behind small ones and those that are not embedded behind all; among equals the layers alternate, so
  // that no layer hides the others where the rim is crowded.
  struct Place {
    bool embedded;
    NodeIndex degree;
    double turn;
    NodeIndex node;
  };
  std::vector<Place> order;
  order.reserve(thinning.shown());
  for (std::uint64_t index = 0; index < thinning.shown(); ++index) {
    const auto node = static_cast<NodeIndex>(thinning.item(index));
    order.push_back({is_embedded(embedding, node), degrees[node], embedding.theta[node], node});
  }
  std::sort(order.begin(), order.end(), [](const Place& a, const Place& b) {
    return std::tuple(a.embedded, -std::int64_t{a.degree}, a.turn, a.node) <
           std::tuple(b.embedded, -std::int64_t{b.degree}, b.turn, b.node);
  });

  Disks disks;
  for (const auto& [embedded, degree, turn, node] : order) {
    const DiskPoint place = to_disk(polar(embedding, node), projection);
    disks.centers.push_back({place.x, place.y});
    disks.diameters.push_back(static_cast<float>(size * (widest_node - 1.0 + std::sqrt(degree / largest))));
    disks.colors.push_back(embedded ? colors.of(node) : palette(options.dark).aside);
  }
  if (!disks.centers.empty()) scene.items.emplace_back(std::move(disks));
}

/// Around the rim, the group of the neurons behind it: each has the arc half way to its neighbours by angle. Neurons of
/// no group that has a colour have none, so that many small groups are no ring.
void add_group_arcs(Scene& scene, const SceneInput& input, const NodeColors& colors, Color aside, double disk_radius) {
  const Embedding& embedding = *input.embedding;
  std::vector<NodeIndex> order;
  for (NodeIndex node = 0; node < input.network->node_count(); ++node) {
    if (is_embedded(embedding, node)) order.push_back(node);
  }
  if (order.size() < 2) return;
  std::sort(order.begin(), order.end(), [&](NodeIndex a, NodeIndex b) {
    return std::pair(embedding.theta[a], a) < std::pair(embedding.theta[b], b);
  });
  constexpr double turn = 2.0 * std::numbers::pi;
  const auto between = [&](std::size_t place) {  // where the arc of order[place] ends and the next begins
    const double here = embedding.theta[order[place]];
    const bool last = place + 1 == order.size();
    const double next = embedding.theta[order[last ? 0 : place + 1]] + (last ? turn : 0.0);
    // An arc of other components belongs to no group.
    const double widest = 0.05 * turn;
    return std::pair(here + 0.5 * std::min(next - here, widest), next - 0.5 * std::min(next - here, widest));
  };
  Lines arcs;
  arcs.width = arc_width;
  const double radius = 1.0 + (arc_distance + 0.5 * arc_width) / disk_radius;
  double begin = between(order.size() - 1).second - turn;
  for (std::size_t place = 0; place < order.size();) {
    const Color color = colors.of(order[place]);
    double end = between(place).first;
    double next_begin = between(place).second;
    for (++place; place < order.size() && colors.of(order[place]) == color && next_begin <= end + 1e-12; ++place) {
      end = between(place).first;
      next_begin = between(place).second;
    }
    if (!(color == aside)) {
      arcs.starts.push_back(static_cast<std::uint32_t>(arcs.points.size()));
      arcs.colors.push_back(color);
      const int steps = std::max(1, static_cast<int>(std::ceil((end - begin) / 0.02)));
      for (int step = 0; step <= steps; ++step) {
        const double angle = begin + (end - begin) * step / steps;
        arcs.points.push_back({radius * std::cos(angle), radius * std::sin(angle)});
      }
    }
    begin = next_begin;
  }
  if (!arcs.starts.empty()) scene.items.emplace_back(std::move(arcs));
}

}  // namespace

Scene build_disk_scene(const SceneInput& input, const SceneOptions& options, const TaskControl& control) {
  if (!input.network) return empty_scene(options);
  if (!is_embedded(input)) return message_scene(options, "computing the embedding …");
  const Network& network = *input.network;
  Scene scene = empty_scene(options);
  scene.bounds = {-1.0, -1.0, 2.0, 2.0};
  const NodeColors colors(input, options);
  const std::optional<LinkChange> change = shown_change(input, options);
  Legend legend = options.legend ? legend_of(input, colors, options) : Legend{};
  if (change && options.legend) add_change(legend, *change, LinkMarks::lines, options.dark);
  const bool has_arcs = colors.show_groups() && !colors.is_missing();
  scene.link_count = network.link_count();
  const std::uint64_t link_count = change ? change->link_count() : network.link_count();
  const bool dense = shows_density(options, link_count);
  scene.follows_view = dense;
  const double bar_height = dense ? reserve_density(scene, options) : 0.0;
  const auto set_margins = [&](double around) {
    scene.margins = {around, around, around, around + legend_height(legend, options) + bar_height};
  };
  double around = has_arcs ? arc_distance + arc_width + 2.0 : 5.0, below = has_arcs ? around : 3.0;
  set_margins(around);
  // Few nodes are large ones; wider margins make them only smaller.
  const double over_the_rim = 0.5 * widest_node * node_size(network, disk_points(scene, options), options) + 0.5;
  around = std::max(around, over_the_rim);
  below = std::max(below, over_the_rim);
  set_margins(around);
  const Thinning nodes(network.node_count(), options.link_limit);
  const std::vector<Thinning> by_fate = drawn_links(network, change, dense, options);
  const std::string changes =
      dense && change ? changes_note(std::span<const Thinning, link_fates.size()>(by_fate)) : std::string();
  if (!dense) scene.note = change ? thinning_note(by_fate) : thinning_note(by_fate.front(), "links");
  if (dense && options.legend) scene.note = changes;
  const std::string nodes_note =
      nodes.is_complete() ? "" : (scene.note.empty() ? "" : ", ") + thinning_note(nodes, "neurons");
  scene.note += nodes_note;
  const double disk_radius = disk_points(scene, options);
  add_rim(scene, options);
  std::vector<Lines> lines;
  if (change) {
    std::uint64_t beside = 0;  // a density is no line
    for (const LinkFate fate : link_fates) {
      if (!dense || fate != LinkFate::kept) beside += by_fate[static_cast<std::size_t>(fate)].shown();
    }
    for (const LinkFate fate : link_fates) {
      lines.push_back(lines_of(scene, change->of(fate), fate, *input.embedding, colors, options,
                               by_fate[static_cast<std::size_t>(fate)], beside, disk_radius, control));
    }
  } else {
    const Thinning& links = by_fate.front();
    lines.push_back(
        lines_of(scene, network, {}, *input.embedding, colors, options, links, links.shown(), disk_radius, control));
  }
  if (dense) {
    add_density(scene, scene.bounds, std::span(lines).first(1), links_per_line(by_fate.front()),
                below + legend_height(legend, options), options, control);
    if (options.legend) scene.note = changes;
    scene.note += nodes_note;
    lines.erase(lines.begin());
  }
  for (Lines& part : lines) {
    if (!part.starts.empty()) scene.items.emplace_back(std::move(part));
  }
  control.check();
  add_nodes(scene, input, colors, options, nodes, disk_radius);
  if (has_arcs) add_group_arcs(scene, input, colors, palette(options.dark).aside, disk_radius);
  add_legend(scene, legend, options, below);
  return scene;
}

}  // namespace dnm
