// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/state.h"

namespace dnm {

NetworkPointer given_network(const WorkspaceState& state) {
  if (const auto* file = std::get_if<ShownFile>(&state.shown)) return file->network;
  if (const auto* run = std::get_if<ShownRun>(&state.shown)) return run->network;
  return nullptr;
}

const std::string& network_problem(const WorkspaceState& state) {
  static const std::string none;
  const auto* file = std::get_if<ShownFile>(&state.shown);
  return file ? file->problem : none;
}

const std::string& network_file(const WorkspaceState& state) {
  static const std::string none;
  if (const auto* file = std::get_if<ShownFile>(&state.shown)) return file->file;
  if (const auto* run = std::get_if<ShownRun>(&state.shown)) return run->file;
  return none;
}

const ReadOptions& network_reading(const WorkspaceState& state) {
  static const ReadOptions none;
  if (const auto* file = std::get_if<ShownFile>(&state.shown)) return file->reading;
  if (const auto* run = std::get_if<ShownRun>(&state.shown)) return run->reading;
  return none;
}

std::uint64_t compared_update(const ShownRun& run) {
  return run.compared.value_or(run.update == 0 ? 0 : run.update - 1);
}

NetworkPointer network_before(const WorkspaceState& state) {
  const auto* run = std::get_if<ShownRun>(&state.shown);
  return run ? run->before : nullptr;
}

const std::vector<NodeIndex>& layer_sizes(const WorkspaceState& state) {
  // The state holds the network, so that the reference outlives the pointer.
  if (const NetworkPointer given = given_network(state)) return given->layer_sizes();
  return state.parameters.layer_sizes;
}

std::optional<std::size_t> measured_layer(const WorkspaceState& state) {
  const NetworkPointer given = given_network(state);
  const std::size_t layers = !given ? state.parameters.layer_count() : given->is_layered() ? given->masks().size() : 0;
  return state.view.measured_layer && *state.view.measured_layer < layers ? state.view.measured_layer : std::nullopt;
}

std::vector<std::uint64_t> training_seeds(const WorkspaceState& state) {
  if (!state.seeds.empty()) return state.seeds;
  return {network_file(state).empty() ? state.parameters.seed : 0};
}

}  // namespace dnm
