// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <string>

#include "viz/scenes/axes.h"
#include "viz/scenes/point_places.h"
#include "viz/scenes/stack_geometry.h"

namespace dnm {

namespace {

class StackPlaces final : public PointPlaces {
 public:
  StackPlaces(const SceneInput& input, const SceneOptions& options) : PointPlaces(options.dark), words_(input) {
    const Network& network = *input.network;
    const StackGeometry geometry(network, options.turn);
    places_.reserve(network.node_count());
    for (std::size_t layer = 0; layer < network.layer_sizes().size(); ++layer) {
      for (NodeIndex neuron = 0; neuron < network.layer_sizes()[layer]; ++neuron) {
        places_.push_back(geometry.neuron(layer, neuron));
      }
    }
  }

 private:
  [[nodiscard]] std::string words_of(NodeIndex node) const override { return words_.of(node); }
  void append_link(Lines& lines, const HighlightedLink& link, const MarkStyle& style,
                   const PageTransform& /*seen*/) const override {
    append_line(lines, places_[link.input], places_[link.output], style.ink());
  }

  NeuronWords words_;
};

}  // namespace

NodePlacesPointer locate_stack(const SceneInput& input, const SceneOptions& options, const TaskControl& /*control*/) {
  if (!input.network || !input.network->is_layered()) return nullptr;
  return std::make_shared<const StackPlaces>(input, options);
}

}  // namespace dnm
