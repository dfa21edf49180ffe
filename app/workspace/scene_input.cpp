// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/scene_input.h"

#include <cstddef>

namespace dnm {

namespace {

SceneMeasurement scene_measurement(const LiveValue<Measurement>& found, const SceneMeasurement* before) {
  if (found.freshness == Freshness::failed) return {nullptr, false, found.problem};
  if (found.freshness == Freshness::fresh && found.value) return {found.value, false, {}};
  return {before != nullptr ? before->value : nullptr, true, {}};
}

}  // namespace

SceneInput scene_input(const LiveSnapshot& snapshot, const SceneInput& before) {
  if (!snapshot.network.value || snapshot.network.freshness != Freshness::fresh) return before;
  SceneInput input{snapshot.network.value};
  if (snapshot.embedding.freshness == Freshness::fresh) input.embedding = snapshot.embedding.value;
  for (std::size_t place = 0; place < snapshot.measures.size(); ++place) {
    input.measures.push_back(scene_measurement(snapshot.measures[place],
                                               place < before.measures.size() ? &before.measures[place] : nullptr));
  }
  input.measured_layer = snapshot.request.measured_layer;
  return input;
}

}  // namespace dnm
