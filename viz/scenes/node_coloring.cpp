// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/node_coloring.h"

#include <algorithm>
#include <limits>

#include "core/network/mask_rows.h"
#include "core/parameters/look_up.h"

namespace dnm {

namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

NodeValues layers(const SceneInput& input, const NodeColoring& /*coloring*/) {
  const Network& network = *input.network;
  NodeValues found;
  for (std::size_t layer = 0; layer < network.layer_sizes().size(); ++layer) {
    found.values.insert(found.values.end(), network.layer_sizes()[layer], static_cast<double>(layer));
  }
  return found;
}

NodeValues degrees(const SceneInput& input, const NodeColoring& /*coloring*/) {
  NodeValues found;
  const std::vector<NodeIndex> degrees = node_degrees(*input.network);
  if (std::all_of(degrees.begin(), degrees.end(), [](NodeIndex degree) { return degree == 0; })) {
    found.missing = "degree: no neuron has a link";
  } else {
    found.values.assign(degrees.begin(), degrees.end());
  }
  return found;
}

NodeValues angles(const SceneInput& input, const NodeColoring& /*coloring*/) {
  NodeValues found;
  if (!input.embedding || input.embedding->theta.size() != input.network->node_count()) {
    found.missing = "angles: computing the embedding …";
    return found;
  }
  found.values = input.embedding->theta;
  const std::vector<NodeIndex>& component = input.embedding->component;
  for (std::size_t node = 0; node < component.size(); ++node) {
    if (component[node] != 0) found.values[node] = no_value;
  }
  return found;
}

/// What the measure that the colouring needs found.
NodeValues measured(const SceneInput& input, const NodeColoring& coloring) {
  const SceneMeasurement& measurement = measurement_of(input, coloring.needs.measure);
  NodeValues found;
  found.is_stale = measurement.is_stale;
  std::string reason = measurement.problem;
  if (!reason.empty()) found.pending = reason;
  if (measurement.value) {
    if (coloring.kind == NodeValueKind::category) {
      for (const std::int32_t group : measurement.value->communities) {
        found.values.push_back(group < 0 ? no_value : group);
      }
    } else {
      found.values = measurement.value->node_values;
    }
    if (found.values.size() == input.network->node_count()) return found;
    if (found.values.empty() && !found.is_stale) {
      reason = measurement.value->reason.empty() ? "none found" : "n/a, " + measurement.value->reason;
    }
    found.values.clear();
  }
  found.missing = std::string(coloring.name) + ": " + (reason.empty() ? "computing …" : reason);
  return found;
}

}  // namespace

std::span<const NodeColoring> node_coloring_table() {
  static const std::vector<NodeColoring> table = [] {
    std::vector<NodeColoring> rows;
    rows.push_back({{NodeValueKind::layer, "layer", "Layer", "Every layer has its colour.", "layers", ""}, {}, layers});
    for (const Measure& measure : measure_table()) {
      if (measure.per_node) rows.push_back({*measure.per_node, {.measure = measure.id}, measured});
    }
    rows.push_back({{NodeValueKind::logarithmic, "degree", "Degree",
                     "From few links (dark) to many (bright), on a logarithmic scale.", "degree", "no links"},
                    {},
                    degrees});
    rows.push_back({{NodeValueKind::cyclic, "angle", "Angle",
                     "The angle in the hyperbolic disk, around the circle of hues.", "angle", "not embedded"},
                    {.embedding = true},
                    angles});
    return rows;
  }();
  return table;
}

const NodeColoring& node_coloring(std::string_view id) {
  return look_up(node_coloring_table(), id, "colouring of neurons");
}

}  // namespace dnm
