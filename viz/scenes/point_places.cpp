// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/point_places.h"

#include <cmath>
#include <utility>

namespace dnm {

Hit PointPlaces::at(Point page, double radius, const PageTransform& seen) const {
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

std::vector<NodeIndex> PointPlaces::within(const Rectangle& data) const {
  std::vector<NodeIndex> found;
  for (NodeIndex node = 0; node < places_.size(); ++node) {
    if (contains(data, places_[node])) found.push_back(node);
  }
  return found;
}

std::vector<SceneItem> PointPlaces::marks(const Highlight& highlight, HighlightRole role,
                                          const PageTransform& seen) const {
  const MarkStyle style(highlight, role, dark_);
  std::vector<SceneItem> items;
  Lines lines;
  for (const HighlightedLink& link : highlight.links) append_link(lines, link, style, seen);
  style.add_links(items, std::move(lines));
  style.add_neighbours(items, places_of(highlight.neighbours));
  style.add_nodes(items, places_of(highlight.nodes));
  return items;
}

std::vector<Point> PointPlaces::places_of(const std::vector<NodeIndex>& nodes) const {
  std::vector<Point> places;
  places.reserve(nodes.size());
  for (const NodeIndex node : nodes) places.push_back(places_[node]);
  return places;
}

}  // namespace dnm
