// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "core/network/mask_rows.h"
#include "core/support/digits.h"
#include "viz/scenes/degree_geometry.h"
#include "viz/scenes/marks.h"
#include "viz/scenes/network_scene.h"

namespace dnm {

namespace {

/// The degree of every node in what is measured; 0 outside of it.
std::vector<NodeIndex> degrees_of(const SceneInput& input) {
  const Network& network = *input.network;
  if (!input.measured_layer || !network.is_layered()) return node_degrees(network);
  std::vector<NodeIndex> degrees(network.node_count(), 0);
  const std::size_t index = *input.measured_layer;
  const Mask& mask = network.masks()[index];
  for (NodeIndex row = 0; row < mask.n_out; ++row) {
    for (const NodeIndex column : mask.row(row)) {
      ++degrees[network.first_node(index) + column];
      ++degrees[network.first_node(index + 1) + row];
    }
  }
  return degrees;
}

class DegreePlaces final : public NodePlaces {
 public:
  DegreePlaces(const SceneInput& input, const SceneOptions& options)
      : all_(measured_degrees(input)), degrees_(degrees_of(input)), dark_(options.dark) {}

  [[nodiscard]] Hit at(Point page, double radius, const PageTransform& seen) const override {
    double nearest = radius;
    Hit hit;
    for (std::size_t index = 0; index < all_.degree.size(); ++index) {
      const double distance = std::abs(seen.to_page(place_of(index)).x - page.x);
      if (distance > nearest) continue;
      nearest = distance;
      const NodeIndex degree = all_.degree[index];
      hit.nodes = of_degree(degree);
      hit.words = counted(hit.nodes.size(), "neuron") + (hit.nodes.size() == 1 ? " has " : " have ") +
                  counted(degree, "link") + "; " + with_significant(100.0 * all_.ccdf[index], 3) +
                  " % of those that have links have " + with_commas(degree) + " or more";
    }
    return hit;
  }

  [[nodiscard]] std::vector<NodeIndex> within(const Rectangle& data) const override {
    std::vector<NodeIndex> found;
    for (NodeIndex node = 0; node < degrees_.size(); ++node) {
      const auto index = index_of(degrees_[node]);
      if (index < all_.degree.size() && contains(data, place_of(index))) found.push_back(node);
    }
    return found;
  }

  [[nodiscard]] std::vector<SceneItem> marks(const Highlight& highlight, HighlightRole role,
                                             const PageTransform& /*seen*/) const override {
    const MarkStyle style(highlight, role, dark_);
    std::vector<SceneItem> items;
    style.add_neighbours(items, places_of(highlight.neighbours));
    style.add_nodes(items, places_of(highlight.nodes));
    return items;
  }

 private:
  [[nodiscard]] Point place_of(std::size_t index) const { return degree_place(all_.degree[index], all_.ccdf[index]); }
  [[nodiscard]] std::vector<NodeIndex> of_degree(NodeIndex degree) const {
    std::vector<NodeIndex> found;
    for (NodeIndex node = 0; node < degrees_.size(); ++node) {
      if (degrees_[node] == degree) found.push_back(node);
    }
    return found;
  }
  /// Of the distinct degrees; their number for a degree that is none of them.
  [[nodiscard]] std::size_t index_of(NodeIndex degree) const {
    const auto found = std::ranges::lower_bound(all_.degree, degree);
    const bool is_there = found != all_.degree.end() && *found == degree;
    return is_there ? static_cast<std::size_t>(found - all_.degree.begin()) : all_.degree.size();
  }
  /// Each degree once, however many have it.
  [[nodiscard]] std::vector<Point> places_of(const std::vector<NodeIndex>& nodes) const {
    std::vector<bool> is_there(all_.degree.size() + 1, false);
    for (const NodeIndex node : nodes) is_there[index_of(degrees_[node])] = true;
    std::vector<Point> places;
    for (std::size_t index = 0; index < all_.degree.size(); ++index) {
      if (is_there[index]) places.push_back(place_of(index));
    }
    return places;
  }

  DegreeDistribution all_;
  std::vector<NodeIndex> degrees_;
  bool dark_;
};

}  // namespace

NodePlacesPointer locate_degree(const SceneInput& input, const SceneOptions& options, const TaskControl& /*control*/) {
  return input.network ? std::make_shared<const DegreePlaces>(input, options) : nullptr;
}

}  // namespace dnm
