// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "training/data/data_set.h"
#include "training/models/mlp.h"
#include "training/rewiring/rewiring_rule.h"
#include "training/runs/checkpoint.h"
#include "training/runs/run_folder.h"
#include "training/runs/training_settings.h"

namespace dnm {

/// A run that was checked and may start.
struct RunPlan {
  NetworkPointer network;
  TrainingSettings settings;
  const DataSetInfo* data;
  DataSetFiles files{};
  Engine engine = Engine::automatic;  ///< `automatic` until the run has measured its layers
  std::vector<Engine> engines{};      ///< of each layer; empty until measured
  Device device = Device::automatic;  ///< of the run: never `automatic` in a plan that was made
  std::vector<Mask> masks{};          ///< the network's and the dense classifier's; rewired later
  std::optional<RunFolder> folder{};
  std::optional<Checkpoint> from{};      ///< where to go on
  std::string notice{};                  ///< what the user should know before it starts
  std::unique_ptr<RewiringRule> rule{};  ///< null where the topology stays
};

/// Checks settings, network, data files, engine, device, memory and run folder, quickly. Throws InvalidInput,
/// FileError, ResourceError.
[[nodiscard]] RunPlan make_plan(NetworkPointer network, const TrainingSettings& settings);
/// The same with a rule of one's own (null: the topology stays) in place of the one that the settings name.
[[nodiscard]] RunPlan make_plan(NetworkPointer network, const TrainingSettings& settings,
                                std::unique_ptr<RewiringRule> rule);

/// Whether the memory that is free now holds the run with the plan's engines. Throws ResourceError.
void check_memory(const RunPlan& plan, std::uint64_t images);
/// Bytes the run holds at least: images, topology, weights, activations.
[[nodiscard]] std::uint64_t memory_of(const RunPlan& plan, std::uint64_t images);

/// What config.json says: settings, what was chosen for "auto", network and version.
[[nodiscard]] std::string config_text(const RunPlan& plan);

}  // namespace dnm
