// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/scene_input.h"

#include <cstddef>
#include <string>

#include "app/workspace/live_words.h"

namespace dnm {

namespace {

SceneMeasurement scene_measurement(const LiveValue<Measurement>& found, const SceneMeasurement* before,
                                   const std::string& left_behind) {
  if (found.freshness == Freshness::failed) return {nullptr, false, found.problem};
  if (found.freshness == Freshness::fresh && found.value) return {found.value, false, {}};
  return {before != nullptr ? before->value : nullptr, true, left_behind};
}

/// The pictures of a network that another has taken the place of: what was not computed of it will not be.
SceneInput left_behind(SceneInput before) {
  for (SceneMeasurement& measured : before.measures) {
    if (measured.is_stale) measured.problem = "not computed";
  }
  return before;
}

}  // namespace

SceneInput scene_input(const LiveSnapshot& snapshot, const SceneInput& before) {
  if (has_no_network(snapshot)) return left_behind(before);
  if (!snapshot.network.value || snapshot.network.freshness != Freshness::fresh) return before;
  SceneInput input{snapshot.network.value};
  if (snapshot.embedding.freshness == Freshness::fresh) input.embedding = snapshot.embedding.value;
  for (std::size_t place = 0; place < snapshot.measures.size(); ++place) {
    input.measures.push_back(scene_measurement(snapshot.measures[place],
                                               place < before.measures.size() ? &before.measures[place] : nullptr,
                                               snapshot.cancelled ? cancelled_text : ""));
  }
  input.measured_layer = snapshot.request.measured_layer;
  if (input.network == before.network) {
    input.before = before.before;
    input.names = before.names;
  }
  return input;
}

}  // namespace dnm
