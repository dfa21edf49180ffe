// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <utility>

#include "core/network/mask_rows.h"
#include "core/support/digits.h"
#include "viz/scenes/disk_geometry.h"
#include "viz/scenes/marks.h"
#include "viz/scenes/node_colors.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

class DiskPlaces final : public NodePlaces {
 public:
  DiskPlaces(const SceneInput& input, const SceneOptions& options)
      : input_(input),
        degrees_(node_degrees(*input.network)),
        projection_(projection_of(*input.embedding, options)),
        dark_(options.dark) {
    places_.reserve(degrees_.size());
    for (NodeIndex node = 0; node < degrees_.size(); ++node) {
      const DiskPoint place = to_disk(polar(*input_.embedding, node), projection_);
      places_.push_back({place.x, place.y});
    }
  }

  [[nodiscard]] Hit at(Point page, double radius, const PageTransform& seen) const override {
    double nearest = radius;
    Hit hit;
    for (NodeIndex node = 0; node < places_.size(); ++node) {
      const Point place = seen.to_page(places_[node]);
      const double distance = std::hypot(place.x - page.x, place.y - page.y);
      if (distance > nearest) continue;
      nearest = distance;
      hit.nodes = {node};
    }
    if (!hit.nodes.empty()) hit.words = words_of(hit.nodes.front());
    return hit;
  }

  [[nodiscard]] std::vector<NodeIndex> within(const Rectangle& data) const override {
    std::vector<NodeIndex> found;
    for (NodeIndex node = 0; node < places_.size(); ++node) {
      if (contains(data, places_[node])) found.push_back(node);
    }
    return found;
  }

  [[nodiscard]] std::vector<SceneItem> marks(const Highlight& highlight, HighlightRole role,
                                             const PageTransform& seen) const override {
    const MarkStyle style(highlight, role, dark_);
    const double tolerance = std::clamp(0.15 / seen.scale_x, 2e-4, 5e-3);
    std::vector<SceneItem> items;
    Lines lines;
    std::vector<DiskPoint> curve;
    for (const HighlightedLink& link : highlight.links) {
      curve.clear();
      append_geodesic(curve, polar(*input_.embedding, link.input), polar(*input_.embedding, link.output), projection_,
                      tolerance);
      lines.starts.push_back(static_cast<std::uint32_t>(lines.points.size()));
      for (const DiskPoint& point : curve) lines.points.push_back({point.x, point.y});
    }
    style.add_links(items, std::move(lines));
    style.add_neighbours(items, places_of(highlight.neighbours));
    style.add_nodes(items, places_of(highlight.nodes));
    return items;
  }

 private:
  [[nodiscard]] std::string words_of(NodeIndex node) const {
    const Network& network = *input_.network;
    const Embedding& embedding = *input_.embedding;
    const std::size_t layer = network.layer_of(node);
    return neuron_name(input_, layer, node - network.first_node(layer)) + ": " + counted(degrees_[node], "link") +
           ", angle " + with_decimals(embedding.theta[node] * 180.0 / std::numbers::pi, 1) + "°, radius " +
           with_decimals(embedding.radius[node], 2) + (is_embedded(embedding, node) ? "" : ", not embedded") +
           community_words(input_, node);
  }
  [[nodiscard]] std::vector<Point> places_of(const std::vector<NodeIndex>& nodes) const {
    std::vector<Point> places;
    for (const NodeIndex node : nodes) places.push_back(places_[node]);
    return places;
  }

  SceneInput input_;
  std::vector<NodeIndex> degrees_;
  DiskProjection projection_;
  std::vector<Point> places_;
  bool dark_;
};

}  // namespace

NodePlacesPointer locate_disk(const SceneInput& input, const SceneOptions& options, const TaskControl& /*control*/) {
  return is_embedded(input) ? std::make_shared<const DiskPlaces>(input, options) : nullptr;
}

}  // namespace dnm
