// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>

#include "core/embedding/hyperbolic_disk.h"
#include "viz/scenes/network_scene.h"

// Where the nodes of the hyperbolic disk are; data coordinates are those of the unit disk.
namespace dnm {

/// Whether there is a place for every node.
[[nodiscard]] inline bool is_embedded(const SceneInput& input) {
  if (!input.network || !input.embedding) return false;
  const std::size_t nodes = input.network->node_count();
  const Embedding& embedding = *input.embedding;
  return embedding.theta.size() == nodes && embedding.radius.size() == nodes &&
         (embedding.component.empty() || embedding.component.size() == nodes);
}

[[nodiscard]] inline bool is_embedded(const Embedding& embedding, NodeIndex node) {
  return embedding.component.empty() || embedding.component[node] == 0;
}

[[nodiscard]] inline DiskProjection projection_of(const Embedding& embedding, const PictureOptions& options) {
  DiskProjection projection;
  projection.kind = options.disk;
  projection.poincare = options.poincare;
  if (projection.kind == DiskProjection::Kind::poincare) return projection;
  for (const double radius : embedding.radius) projection.extent = std::max(projection.extent, radius);
  return projection;
}

[[nodiscard]] inline PolarPoint polar(const Embedding& embedding, NodeIndex node) {
  return {embedding.theta[node], embedding.radius[node]};
}

}  // namespace dnm
