// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/pins/pin_results.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "core/live/live_values.h"

namespace dnm {

namespace {

bool is_settled(Freshness freshness) { return freshness == Freshness::fresh || freshness == Freshness::failed; }

/// A p-value stands beside γ and changes no value.
bool same_result(std::size_t slot, MeasureSettings a, MeasureSettings b) {
  a.p_value_samples = b.p_value_samples = 0;
  return measure_table()[slot].same_result(a, b);
}

}  // namespace

const LiveSnapshot& known_of(const PinResults& results, const Pin& pin) {
  static const LiveSnapshot nothing;
  const auto found =
      std::ranges::find_if(results, [&](const PinResult& result) { return same_network(result.pin, pin); });
  return found == results.end() ? nothing : found->known;
}

std::shared_ptr<const LiveSnapshot> known_of_working(const PinResults& results, const WorkspaceState& state) {
  if (results.empty()) return nullptr;
  const LiveSnapshot& known = known_of(results, {{}, state.parameters, as_pinned(state.shown)});
  return known.generation == 0 ? nullptr : std::make_shared<const LiveSnapshot>(known);
}

LiveRequest request_of(const Pin& pin, const ViewSettings& view) {
  WorkspaceState state;
  state.parameters = pin.parameters;
  state.shown = pin.shown;
  state.view = view;
  LiveRequest request;
  request.parameters = pin.parameters;
  request.network = given_network(state);
  request.network_problem = network_problem(state);
  request.measures = view.measures;
  request.measures.seed = pin.parameters.seed;
  request.measures.p_value_samples = 0;
  request.measured_layer = request.network || is_drawn(state) ? measured_layer(state) : view.measured_layer;
  request.embedding = view.embedding;
  return request;
}

void follow_request(LiveSnapshot& known, const LiveRequest& request) {
  const LiveRequest before = known.request;
  const bool is_new = known.generation == 0;
  known.request = request;
  known.generation = 1;
  known.measures.resize(measure_table().size());
  known.chance.clear();
  if (request.network && known.network.value != request.network) live::finish(known.network, request.network);
  if (is_new) return;
  const bool same_layer = before.measured_layer == request.measured_layer;
  for (std::size_t slot = 0; slot < known.measures.size(); ++slot) {
    LiveValue<Measurement>& value = known.measures[slot];
    if (!same_layer || !same_result(slot, before.measures, request.measures)) live::keep_if(value, false);
  }
  if (before.embedding != request.embedding) live::keep_if(known.embedding, false);
}

bool is_complete(const LiveSnapshot& known, bool with_embedding) {
  if (known.network.freshness == Freshness::failed) return true;
  return known.network.freshness == Freshness::fresh && known.measures.size() == measure_table().size() &&
         std::ranges::all_of(known.measures, [](const auto& value) { return is_settled(value.freshness); }) &&
         (!with_embedding || is_settled(known.embedding.freshness));
}

}  // namespace dnm
