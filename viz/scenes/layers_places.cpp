// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "viz/scenes/axes.h"
#include "viz/scenes/layers_geometry.h"
#include "viz/scenes/marks.h"

namespace dnm {

namespace {

class LayersPlaces final : public NodePlaces {
 public:
  LayersPlaces(const SceneInput& input, const SceneOptions& options)
      : network_(input.network), words_(input), orientation_(options.orientation), dark_(options.dark) {}

  [[nodiscard]] Hit at(Point page, double radius, const PageTransform& seen) const override {
    const Point data = seen.to_data(page);
    const double along = orientation_ == Orientation::rows ? data.x : 1.0 - data.y;
    double nearest = radius;
    Hit hit;
    for (std::size_t layer = 0; layer < network_->layer_sizes().size(); ++layer) {
      const NodeIndex size = network_->layer_sizes()[layer];
      const auto neuron = static_cast<NodeIndex>(std::clamp(std::floor(along * size), 0.0, size - 1.0));
      const NodeIndex node = network_->first_node(layer) + neuron;
      const Point place = seen.to_page(place_of(node));
      const double distance = std::hypot(place.x - page.x, place.y - page.y);
      if (distance > nearest) continue;
      nearest = distance;
      hit.nodes = {node};
    }
    if (!hit.nodes.empty()) hit.words = words_.of(hit.nodes.front());
    return hit;
  }

  [[nodiscard]] std::vector<NodeIndex> within(const Rectangle& data) const override {
    std::vector<NodeIndex> found;
    for (NodeIndex node = 0; node < network_->node_count(); ++node) {
      if (contains(data, place_of(node))) found.push_back(node);
    }
    return found;
  }

  [[nodiscard]] std::vector<SceneItem> marks(const Highlight& highlight, HighlightRole role,
                                             const PageTransform& /*seen*/) const override {
    const MarkStyle style(highlight, role, dark_);
    std::vector<SceneItem> items;
    Lines lines;
    for (const HighlightedLink& link : highlight.links) {
      append_line(lines, place_of(link.input), place_of(link.output), style.ink());
    }
    style.add_links(items, std::move(lines));
    style.add_neighbours(items, places_of(highlight.neighbours));
    style.add_nodes(items, places_of(highlight.nodes));
    return items;
  }

 private:
  [[nodiscard]] Point place_of(NodeIndex node) const {
    const std::size_t layer = network_->layer_of(node);
    return neuron_place(*network_, orientation_, layer, node - network_->first_node(layer));
  }
  [[nodiscard]] std::vector<Point> places_of(const std::vector<NodeIndex>& nodes) const {
    std::vector<Point> places;
    for (const NodeIndex node : nodes) places.push_back(place_of(node));
    return places;
  }

  NetworkPointer network_;
  NeuronWords words_;
  Orientation orientation_;
  bool dark_;
};

}  // namespace

NodePlacesPointer locate_layers(const SceneInput& input, const SceneOptions& options, const TaskControl& /*control*/) {
  if (!input.network || !input.network->is_layered()) return nullptr;
  return std::make_shared<const LayersPlaces>(input, options);
}

}  // namespace dnm
