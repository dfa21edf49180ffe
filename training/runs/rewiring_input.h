// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "training/models/model.h"
#include "training/models/topology.h"
#include "training/rewiring/rewiring_rule.h"
#include "training/tasks/task.h"

namespace dnm {

// The model as a rewiring rule sees it.

/// The layers at these places as a rule sees them; topology and state must outlive them.
[[nodiscard]] std::vector<SparseLayer> layers_at(const std::vector<std::size_t>& places, const Topology& topology,
                                                 const ModelState& state);
/// The topology's chains and pairs by places among its sparse layers, which are at `places`.
[[nodiscard]] std::vector<std::vector<std::size_t>> sparse_chains(const Topology& topology,
                                                                  const std::vector<std::size_t>& places);
[[nodiscard]] std::vector<std::array<std::size_t, 2>> sparse_pairs(const Topology& topology,
                                                                   const std::vector<std::size_t>& places);

/// The model's gradients as a rule sees them: by places among the sparse layers.
class ModelGradients : public GradientSource {
 public:
  /// All must outlive it. `sparse_layers`: their places in the topology.
  ModelGradients(Model& model, Task& task, std::uint64_t step_of_epoch, const std::vector<std::size_t>& sparse_layers)
      : model_(model), task_(task), step_of_epoch_(step_of_epoch), sparse_layers_(sparse_layers) {}

  void cells(std::span<const std::size_t> layers, std::int64_t batches, const Use& use) override {
    const std::uint64_t count = std::min(static_cast<std::uint64_t>(batches), step_of_epoch_ + 1);
    const Batch& batch = task_.training_batches(step_of_epoch_ + 1 - count, count);
    std::vector<std::size_t> places;
    for (const std::size_t layer : layers) places.push_back(sparse_layers_.at(layer));
    model_.dense_gradients(places, batch, [&](std::size_t place, NodeIndex output, std::span<const float> gradients) {
      const auto found = std::find(places.begin(), places.end(), place);
      use(layers[static_cast<std::size_t>(found - places.begin())], output, gradients);
    });
  }

 private:
  Model& model_;
  Task& task_;
  std::uint64_t step_of_epoch_;
  const std::vector<std::size_t>& sparse_layers_;
};

}  // namespace dnm
