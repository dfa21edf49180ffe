// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "viz/scenes/community_order.h"
#include "viz/scenes/link_change.h"
#include "viz/scenes/node_colors.h"

// What the matrices and all that lies over them agree on besides their layout.
namespace dnm {

/// The network in the order of the rows and columns.
[[nodiscard]] inline CommunityOrder matrix_order(const SceneInput& input, const SceneOptions& options) {
  return options.order == NodeOrder::community ? order_by_community(input) : CommunityOrder{input, {}};
}

[[nodiscard]] inline Legend matrix_legend(const NodeColors& colors, const std::optional<LinkChange>& change,
                                          const SceneOptions& options) {
  Legend legend = colors.legend();
  if (change) add_change(legend, *change, LinkMarks::cells, options.dark);
  return legend;
}

}  // namespace dnm
