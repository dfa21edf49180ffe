// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/parameters/parameter_table.h"
#include "training/models/model_kind.h"
#include "training/models/transformer_settings.h"
#include "training/settings/recipe_table.h"

namespace dnm {

/// Which neurons of a matrix have the dendrites: its outputs, as the poster says, or those that the authors' code gives
/// them: the larger side, and of a square matrix the inputs.
enum class DendritesOn : std::uint8_t { outputs, as_trained };

/// Whether both languages and the answers share a table.
enum class PieceTables : std::uint8_t { tied, separate };

/// The parameters that the model "transformer" brings; the defaults are those of the recipe "small".
struct TransformerParameters {
  std::int64_t blocks = 3;
  std::int64_t width = 256;
  std::int64_t heads = 4;
  std::int64_t feed_forward = 512;
  PieceTables tables = PieceTables::tied;
  TransformerStart start = TransformerStart::sparse;
  DendritesOn dendrites_on = DendritesOn::outputs;
  std::int64_t threads = 1;
};
[[nodiscard]] const ParameterTable<TransformerParameters>& transformer_table();
/// The shape that these parameters give a Transformer of such vocabularies.
[[nodiscard]] TransformerShape transformer_shape(const TransformerParameters& parameters, const TaskShape& task);

/// Weights of the links and numbers of the tables of such a Transformer; norms and biases, which are few, are left out.
[[nodiscard]] std::uint64_t transformer_numbers(const TransformerParameters& parameters, const Topology& topology,
                                                const TaskShape& task);

/// The Transformer of the papers (manual: methods/training, "The Transformer"): its matrices, each of which a rule may
/// rewire, and dense tables of the vocabularies. Takes SentenceBatch.
class TransformerKind final : public ModelKind {
 public:
  static constexpr Choice choice{"transformer", "Transformer",
                                 "An encoder and a decoder of attention and feed-forward blocks with sparse matrices."};
  [[nodiscard]] static const ParameterTable<TransformerParameters>& parameters() { return transformer_table(); }
  [[nodiscard]] static std::vector<MatrixRequest> matrices(const TransformerParameters& parameters);

  /// The settings' recipe, and usual_rewiring().
  [[nodiscard]] static std::vector<RecipeValue> usual_settings(const TrainingSettings& settings);
  /// What the papers' Transformers do under a rule: an update every 100 steps, from which the rate rises again.
  [[nodiscard]] static std::vector<RecipeValue> usual_rewiring(const TrainingSettings& settings);
  [[nodiscard]] static double rate_width(const TransformerParameters& parameters) {
    return static_cast<double>(parameters.width);
  }

  explicit TransformerKind(const TransformerParameters& parameters) : parameters_(parameters) {}
  [[nodiscard]] bool computes_on(Device device) const override { return device != Device::cuda; }
  /// As in the papers' code.
  [[nodiscard]] bool learns_at_updates() const override { return true; }
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
  TransformerParameters parameters_;
};

}  // namespace dnm
