// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/network/network.h"
#include "core/support/task_control.h"
#include "training/layers/engine.h"
#include "training/layers/layer_timing.h"
#include "training/layers/loss.h"
#include "training/models/model.h"
#include "training/models/topology.h"
#include "training/models/topology_source.h"
#include "training/settings/training_settings.h"
#include "training/tasks/task.h"

namespace dnm {

/// How and where a model computes. Engines one per layer, none `automatic`.
struct ModelPlacement {
  std::span<const Engine> engines;
  Device device = Device::cpu;
};

/// A kind of model with its own parameters: what it makes of a network, a task and settings, before and when it
/// computes. Immutable, thread-safe.
class ModelKind {
 public:
  virtual ~ModelKind() = default;
  /// Whether there is a way to compute it there; `automatic` asks for none.
  [[nodiscard]] virtual bool computes_on(Device) const { return true; }
  /// Whether it takes its learning step where a rule acts, before the topology changes; else the update is all that
  /// happens at that step.
  [[nodiscard]] virtual bool learns_at_updates() const { return false; }
  /// The model's masks over this source. Throws InvalidInput, with what to do, when it is empty or does not suit.
  /// O(links).
  [[nodiscard]] virtual Topology topology(const TopologySource& source, const TaskShape& task) const = 0;
  /// Parameters before the first step, drawn by the seed, with as many slots of 0 each; `task` as it is once its data
  /// are loaded. Throws Cancelled.
  [[nodiscard]] virtual ModelState first_state(const Topology& topology, const TaskShape& task,
                                               const TrainingSettings& settings, std::size_t slots,
                                               const TaskControl& control) const = 0;
  /// Bytes of topology, parameters and activations, at least. Without engines: as if all layers were sparse.
  [[nodiscard]] virtual std::uint64_t memory_bytes(const Topology& topology, const TaskShape& task,
                                                   const ModelPlacement& placement,
                                                   const TrainingSettings& settings) const = 0;
  /// What each layer costs with either engine on this thread; some milliseconds. Throws Cancelled.
  [[nodiscard]] virtual std::vector<LayerTiming> time_layers(const Topology& topology, const TrainingSettings& settings,
                                                             const TaskControl& control) const = 0;
  /// Throws InvalidInput when the state does not fit. `loss` must outlive the model.
  [[nodiscard]] virtual std::unique_ptr<Model> make(const Topology& topology, const ModelState& state,
                                                    const ModelPlacement& placement, const TrainingSettings& settings,
                                                    const Loss& loss) const = 0;
};

}  // namespace dnm
