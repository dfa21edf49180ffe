// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "viz/scenes/highlight.h"
#include "viz/scenes/scene.h"

namespace dnm {

/// What lies under a point of a picture.
struct Hit {
  std::vector<NodeIndex> nodes{};  ///< a neuron, both ends of a cell of a matrix, all neurons of a degree; or none
  std::string words{};             ///< the same for people: "input 12 → layer 1 neuron 40: link"; empty for nothing
};

/// How neurons stand out: those selected, or those under the pointer.
enum class HighlightRole { selected, pointed_at };

/// Where the neurons of a network are in one picture of it, at any zoom: the one place that knows what lies under the
/// pointer, what a rubber band takes, and how neurons light up. Made beside the scene and as immutable.
class NodePlaces {
 public:
  virtual ~NodePlaces() = default;
  /// What lies nearest to a point of the page, at most `radius` away, both in points. `seen`: where the scene lies.
  /// O(log nodes) to O(nodes).
  [[nodiscard]] virtual Hit at(Point page, double radius, const PageTransform& seen) const = 0;
  /// The neurons in a rectangle of data coordinates, ascending; of a matrix those of the rows and columns that it
  /// meets.
  [[nodiscard]] virtual std::vector<NodeIndex> within(const Rectangle& data) const = 0;
  /// What is painted over the scene for a highlight of its network, in its data coordinates. O(nodes and links of it).
  [[nodiscard]] virtual std::vector<SceneItem> marks(const Highlight& highlight, HighlightRole role,
                                                     const PageTransform& seen) const = 0;
};
using NodePlacesPointer = std::shared_ptr<const NodePlaces>;

}  // namespace dnm
