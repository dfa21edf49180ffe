// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "viz/scenes/network_scene.h"

namespace dnm {

/// A network whose neurons stand together by community within their layers, with all that belongs to them.
struct CommunityOrder {
  SceneInput input;                ///< the same network, its neurons renumbered
  std::vector<NodeIndex> node_at;  ///< place in that order -> node; empty: nothing was renumbered

  [[nodiscard]] NodeIndex node(NodeIndex place) const { return node_at.empty() ? place : node_at[place]; }
};

/// Largest community first, then by number. Leaves everything as it is where there are no communities.
/// O(nodes log nodes + links log links).
[[nodiscard]] CommunityOrder order_by_community(const SceneInput& input);

}  // namespace dnm
