// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "viz/scenes/marks.h"
#include "viz/scenes/node_places.h"

namespace dnm {

/// Neurons that are a point each, in data coordinates.
class PointPlaces : public NodePlaces {
 public:
  /// O(nodes).
  [[nodiscard]] Hit at(Point page, double radius, const PageTransform& seen) const final;
  /// O(nodes).
  [[nodiscard]] std::vector<NodeIndex> within(const Rectangle& data) const final;
  [[nodiscard]] std::vector<SceneItem> marks(const Highlight& highlight, HighlightRole role,
                                             const PageTransform& seen) const final;

 protected:
  explicit PointPlaces(bool dark) : dark_(dark) {}
  /// What is said of a neuron.
  [[nodiscard]] virtual std::string words_of(NodeIndex node) const = 0;
  /// Appends a link as it is drawn.
  virtual void append_link(Lines& lines, const HighlightedLink& link, const MarkStyle& style,
                           const PageTransform& seen) const = 0;

  std::vector<Point> places_;  ///< of each neuron, set by the constructor

 private:
  [[nodiscard]] std::vector<Point> places_of(const std::vector<NodeIndex>& nodes) const;

  bool dark_;
};

}  // namespace dnm
