// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>
#include <numbers>
#include <string>
#include <vector>

#include "core/network/mask_rows.h"
#include "core/support/digits.h"
#include "viz/scenes/disk_geometry.h"
#include "viz/scenes/node_colors.h"
#include "viz/scenes/point_places.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

class DiskPlaces final : public PointPlaces {
 public:
  DiskPlaces(const SceneInput& input, const SceneOptions& options)
      : PointPlaces(options.dark),
        input_(input),
        degrees_(node_degrees(*input.network)),
        projection_(projection_of(*input.embedding, options)) {
    places_.reserve(degrees_.size());
    for (NodeIndex node = 0; node < degrees_.size(); ++node) {
      const DiskPoint place = to_disk(polar(*input_.embedding, node), projection_);
      places_.push_back({place.x, place.y});
    }
  }

 private:
  [[nodiscard]] std::string words_of(NodeIndex node) const override {
    const Network& network = *input_.network;
    const Embedding& embedding = *input_.embedding;
    const std::size_t layer = network.layer_of(node);
    return neuron_name(input_, layer, node - network.first_node(layer)) + ": " + counted(degrees_[node], "link") +
           ", angle " + with_decimals(embedding.theta[node] * 180.0 / std::numbers::pi, 1) + "°, radius " +
           with_decimals(embedding.radius[node], 2) + (is_embedded(embedding, node) ? "" : ", not embedded") +
           community_words(input_, node);
  }
  void append_link(Lines& lines, const HighlightedLink& link, const MarkStyle& /*style*/,
                   const PageTransform& seen) const override {
    const double tolerance = std::clamp(0.15 / seen.scale_x, 2e-4, 5e-3);
    std::vector<DiskPoint> curve;
    append_geodesic(curve, polar(*input_.embedding, link.input), polar(*input_.embedding, link.output), projection_,
                    tolerance);
    lines.starts.push_back(static_cast<std::uint32_t>(lines.points.size()));
    for (const DiskPoint& point : curve) lines.points.push_back({point.x, point.y});
  }

  SceneInput input_;
  std::vector<NodeIndex> degrees_;
  DiskProjection projection_;
};

}  // namespace

NodePlacesPointer locate_disk(const SceneInput& input, const SceneOptions& options, const TaskControl& /*control*/) {
  return is_embedded(input) ? std::make_shared<const DiskPlaces>(input, options) : nullptr;
}

}  // namespace dnm
