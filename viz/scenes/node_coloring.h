// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/measures/measure.h"
#include "viz/scenes/scene_input.h"

namespace dnm {

/// One value per node of a network.
struct NodeValues {
  std::vector<double> values{};        ///< what the kind of the quantity says; NaN: none. Empty: there are none at all
  bool is_stale = false;               ///< of another network or setting, until the new ones are computed
  std::string missing{};               ///< why there are none at all, in words that stand in place of the legend
  std::string pending{"computing …"};  ///< what becomes of stale ones
};

/// What the colour of a neuron shows: a quantity that every node has a value of. How the values become colours and a
/// legend is decided by the kind of the quantity alone.
struct NodeColoring : NodeQuantity {
  PictureNeeds needs{};
  NodeValues (*find)(const SceneInput& input, const NodeColoring& coloring);
  [[nodiscard]] NodeValues values(const SceneInput& input) const { return find(input, *this); }
};

/// Layer, what measures find for every node (Measure::per_node), degree and angle. Add one: a NodeQuantity
/// in the row of a measure, or a row in node_coloring.cpp for what needs no measure.
[[nodiscard]] std::span<const NodeColoring> node_coloring_table();
/// Throws InvalidInput for an unknown id.
[[nodiscard]] const NodeColoring& node_coloring(std::string_view id);

}  // namespace dnm
