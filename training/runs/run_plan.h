// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "training/models/model_kind.h"
#include "training/models/topology.h"
#include "training/optimisers/optimiser.h"
#include "training/rewiring/rewiring_rule.h"
#include "training/runs/checkpoint.h"
#include "training/runs/run_folder.h"
#include "training/settings/training_settings.h"
#include "training/tasks/task.h"

namespace dnm {

/// A run that was checked and may start.
struct RunPlan {
  TopologySource source;
  TrainingSettings settings;
  std::unique_ptr<Task> task;
  std::unique_ptr<const ModelKind> kind;
  std::unique_ptr<Optimiser> optimiser;
  std::unique_ptr<RewiringRule> rule;                   ///< null where the topology stays
  Topology topology{};                                  ///< of the model over the source; rewired later
  Engine engine = Engine::automatic;                    ///< `automatic` until the run has measured its layers
  std::vector<Engine> engines{};                        ///< of each layer; empty until measured
  std::vector<std::uint64_t> links_to_become_sparse{};  ///< of each layer (falling_engines.h); empty: engines stay
  Device device = Device::cpu;                          ///< never `automatic` in a plan that was made
  std::optional<RunFolder> folder{};
  std::optional<Checkpoint> from{};  ///< where to continue
  std::vector<Lengthening> lengthenings{};
  std::string notice{};  ///< what the user should know before it starts
};

/// Checks settings, topology, data files, engine, device, memory and run folder, quickly. Throws InvalidInput,
/// FileError, ResourceError.
[[nodiscard]] RunPlan make_plan(TopologySource source, const TrainingSettings& settings);
/// The same with a rule of one's own (null: the topology stays) in place of the one that the settings name.
[[nodiscard]] RunPlan make_plan(TopologySource source, const TrainingSettings& settings,
                                std::unique_ptr<RewiringRule> rule);

/// Whether the memory that is free now holds the run with the plan's engines. Throws ResourceError.
void check_memory(const RunPlan& plan);
/// Bytes the run holds at least: data, topology, parameters, activations.
[[nodiscard]] std::uint64_t memory_of(const RunPlan& plan);

/// What config.json says: settings, what was chosen for "auto", the topology and version.
[[nodiscard]] std::string config_text(const RunPlan& plan);

}  // namespace dnm
