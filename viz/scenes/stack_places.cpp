// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <memory>
#include <utility>

#include "viz/scenes/axes.h"
#include "viz/scenes/marks.h"
#include "viz/scenes/stack_geometry.h"

namespace dnm {

namespace {

class StackPlaces final : public NodePlaces {
 public:
  StackPlaces(const SceneInput& input, const SceneOptions& options) : words_(input), dark_(options.dark) {
    const Network& network = *input.network;
    const StackGeometry geometry(network, options.turn);
    places_.reserve(network.node_count());
    for (std::size_t layer = 0; layer < network.layer_sizes().size(); ++layer) {
      for (NodeIndex neuron = 0; neuron < network.layer_sizes()[layer]; ++neuron) {
        places_.push_back(geometry.neuron(layer, neuron));
      }
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
    if (!hit.nodes.empty()) hit.words = words_.of(hit.nodes.front());
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
                                             const PageTransform& /*seen*/) const override {
    const MarkStyle style(highlight, role, dark_);
    std::vector<SceneItem> items;
    Lines lines;
    for (const HighlightedLink& link : highlight.links) {
      append_line(lines, places_[link.input], places_[link.output], style.ink());
    }
    style.add_links(items, std::move(lines));
    style.add_neighbours(items, places_of(highlight.neighbours));
    style.add_nodes(items, places_of(highlight.nodes));
    return items;
  }

 private:
  [[nodiscard]] std::vector<Point> places_of(const std::vector<NodeIndex>& nodes) const {
    std::vector<Point> places;
    for (const NodeIndex node : nodes) places.push_back(places_[node]);
    return places;
  }

  NeuronWords words_;
  bool dark_;
  std::vector<Point> places_;
};

}  // namespace

NodePlacesPointer locate_stack(const SceneInput& input, const SceneOptions& options, const TaskControl& /*control*/) {
  if (!input.network || !input.network->is_layered()) return nullptr;
  return std::make_shared<const StackPlaces>(input, options);
}

}  // namespace dnm
