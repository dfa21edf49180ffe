// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/scene_input.h"

namespace dnm {

namespace {

std::size_t place_of(std::string_view id) { return static_cast<std::size_t>(&measure(id) - measure_table().data()); }

}  // namespace

const SceneMeasurement& measurement_of(const SceneInput& input, std::string_view measure) {
  static const SceneMeasurement none;
  const std::size_t place = place_of(measure);
  return place < input.measures.size() ? input.measures[place] : none;
}

SceneMeasurement& measurement_of(SceneInput& input, std::string_view measure) {
  const std::size_t place = place_of(measure);
  if (place >= input.measures.size()) input.measures.resize(place + 1);
  return input.measures[place];
}

std::span<const std::int32_t> communities_of(const SceneInput& input) {
  const SceneMeasurement& found = measurement_of(input, community_measure);
  if (!found.value || found.value->communities.size() != input.network->node_count()) return {};
  return found.value->communities;
}

}  // namespace dnm
