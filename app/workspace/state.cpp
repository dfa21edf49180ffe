// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/state.h"

#include <utility>

namespace dnm {

NetworkPointer given_network(const WorkspaceState& state) {
  if (const auto* file = std::get_if<ShownFile>(&state.shown)) return file->network;
  if (const auto* run = std::get_if<ShownRun>(&state.shown)) return run->network;
  return nullptr;
}

bool is_drawn(const WorkspaceState& state) { return std::holds_alternative<ShownModel>(state.shown); }

const std::string& network_problem(const WorkspaceState& state) {
  static const std::string none;
  if (const auto* file = std::get_if<ShownFile>(&state.shown)) return file->problem;
  if (const auto* run = std::get_if<ShownRun>(&state.shown)) return run->problem;
  return none;
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

ShownRun as_working_network(ShownRun run) {
  run.is_working = true;
  run.follows = false;
  run.compared.reset();
  run.before.reset();
  return run;
}

Shown as_pinned(Shown shown) {
  if (auto* run = std::get_if<ShownRun>(&shown)) *run = as_working_network(std::move(*run));
  return shown;
}

std::string moment_name(const ShownRun& run) {
  std::string name = run.update == 0 ? "as the run began" : "update " + std::to_string(run.update);
  if (run.update > 0 && run.epoch > 0) name += ", epoch " + std::to_string(run.epoch);
  if (run.update > 0 && !run.is_working) name += comparison_words(run.update, compared_update(run));
  return run.matrices.empty() ? name : name + " (" + run.matrices + ")";
}

std::string comparison_words(std::uint64_t update, std::uint64_t compared) {
  if (compared == update || compared + 1 == update) return {};
  if (compared == 0) return ", since the start";
  return (compared < update ? ", since update " : ", against update ") + std::to_string(compared);
}

LayerNames layer_names(const WorkspaceState& state) {
  const auto* run = std::get_if<ShownRun>(&state.shown);
  return run ? run->names : LayerNames{};
}

NetworkPointer network_before(const WorkspaceState& state) {
  const auto* run = std::get_if<ShownRun>(&state.shown);
  return run && !run->is_working ? run->before : nullptr;
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
