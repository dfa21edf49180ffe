// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/parameters/parameter_table.h"
#include "training/models/model_kind.h"

namespace dnm {

/// The parameters that the model "mlp" brings.
struct MlpParameters {
  std::int64_t threads = 1;
};
[[nodiscard]] const ParameterTable<MlpParameters>& mlp_table();

/// The multi-layer perceptron of the papers (manual: methods/training, "The network and its defaults"): the network's
/// layers ("layer1", "layer2" …), which a rule may rewire, as one chain, and a dense "classifier" behind them. Takes
/// ImageBatch.
class MlpKind final : public ModelKind {
 public:
  static constexpr Choice choice{"mlp", "Multi-layer perceptron",
                                 "The network's layers in a chain with ReLU, and a dense classifier behind them."};
  [[nodiscard]] static const ParameterTable<MlpParameters>& parameters() { return mlp_table(); }

  explicit MlpKind(const MlpParameters& parameters = {}) : parameters_(parameters) {}
  [[nodiscard]] Topology topology(const TopologySource& source, const TaskShape& task) const override;
  [[nodiscard]] ModelState first_state(const Topology& topology, const TaskShape& task,
                                       const TrainingSettings& settings, std::size_t slots,
                                       const TaskControl& control) const override;
  [[nodiscard]] std::uint64_t memory_bytes(const Topology& topology, const TaskShape& task,
                                           const ModelPlacement& placement,
                                           const TrainingSettings& settings) const override;
  [[nodiscard]] std::vector<LayerTiming> time_layers(const Topology& topology, const TrainingSettings& settings,
                                                     const TaskControl& control) const override;
  [[nodiscard]] std::unique_ptr<Model> make(const Topology& topology, const ModelState& state,
                                            const ModelPlacement& placement, const TrainingSettings& settings,
                                            const Loss& loss) const override;

 private:
  MlpParameters parameters_;
};

}  // namespace dnm
