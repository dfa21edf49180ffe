// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/transformer_kind.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/support/error.h"
#include "training/layers/cross_entropy.h"
#include "training/layers/engine_choice.h"
#include "training/models/threads_parameter.h"
#include "training/models/transformer.h"
#include "training/tasks/translation.h"

namespace dnm {
namespace {

/// Layers whose links differ by less cost the same: they are measured once.
constexpr double alike = 0.05;

bool cost_the_same(const Mask& a, const Mask& b) {
  const auto links = static_cast<double>(a.link_count());
  return a.n_in == b.n_in && a.n_out == b.n_out &&
         std::abs(links - static_cast<double>(b.link_count())) <= alike * links;
}

std::uint64_t table_numbers(const TransformerShape& shape) {
  const std::uint64_t tables = shape.tied ? 1 : 3;
  return tables * std::max(shape.source_pieces, shape.target_pieces) * shape.width;
}

std::size_t places_of(const TrainingSettings& settings) {
  return static_cast<std::size_t>(part_settings(translation_table(), settings.parts).places);
}

}  // namespace

std::uint64_t transformer_numbers(const TransformerParameters& parameters, const Topology& topology,
                                  const TaskShape& task) {
  return topology.links() + table_numbers(transformer_shape(parameters, task));
}

Topology TransformerKind::topology(const TopologySource& source, const TaskShape& task) const {
  const TransformerShape shape = transformer_shape(parameters_, task);
  const std::vector<MatrixRequest> wanted = transformer_matrices(shape);
  if (source.matrices.size() != wanted.size()) {
    throw InvalidInput(
        "a Transformer has many matrices, each with a topology of its own, which the model draws; choose a model and "
        "its "
        "parameters in place of a file");
  }
  return transformer_topology(shape, [&](const std::string& name, NodeIndex, NodeIndex, std::size_t place) {
    if (source.matrices[place].name != name) throw InvalidInput("there is no topology of the matrix " + name);
    return source.matrices[place].mask;
  });
}

ModelState TransformerKind::first_state(const Topology& topology, const TaskShape& task,
                                        const TrainingSettings& settings, std::size_t slots,
                                        const TaskControl& control) const {
  return transformer_first_state(topology, transformer_shape(parameters_, task), parameters_.start, settings.seed,
                                 slots, control);
}

std::uint64_t TransformerKind::memory_bytes(const Topology& topology, const TaskShape& task,
                                            const ModelPlacement& placement, const TrainingSettings& settings) const {
  const TransformerShape shape = transformer_shape(parameters_, task);
  // A link as the sparse engine has it, with its copy as handed over; a number of a dense table with gradient and
  // slots.
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < topology.layers.size(); ++i) {
    const Mask& mask = topology.layers[i].mask;
    bytes += mask.link_count() * 56;
    if (!placement.engines.empty() && placement.engines[i] == Engine::masked) {
      bytes += std::uint64_t{mask.n_in} * mask.n_out * 8;
    }
  }
  bytes += table_numbers(shape) * 28;
  const std::uint64_t activations =
      4 * (12 * shape.width + shape.feed_forward) * shape.blocks + 4 * shape.target_pieces / 8;
  return bytes + 2 * places_of(settings) * activations;
}

std::vector<LayerTiming> TransformerKind::time_layers(const Topology& topology, const TrainingSettings& settings,
                                                      const TaskControl& control) const {
  std::vector<LayerTiming> timings;
  std::vector<std::size_t> measured;
  for (const NamedMask& layer : topology.layers) {
    const auto same = std::find_if(measured.begin(), measured.end(), [&](std::size_t place) {
      return cost_the_same(topology.layers[place].mask, layer.mask);
    });
    if (same != measured.end()) {
      timings.push_back(timings[*same]);
      continue;
    }
    measured.push_back(timings.size());
    timings.push_back(time_token_layer(layer, places_of(settings), best_kernels().wide_tile, control));
  }
  return timings;
}

std::unique_ptr<Model> TransformerKind::make(const Topology& topology, const ModelState& state,
                                             const ModelPlacement& placement, const TrainingSettings& settings,
                                             const Loss& loss) const {
  const auto pieces = [&](std::string_view table) {
    return static_cast<std::uint32_t>(parameter_of(state, table).values.size() /
                                      static_cast<std::size_t>(parameters_.width));
  };
  TaskShape task;
  task.inputs = pieces(parameters_.tables == PieceTables::tied ? "embedding.weight" : "source.embedding.weight");
  task.outputs = pieces(parameters_.tables == PieceTables::tied ? "embedding.weight" : "target.embedding.weight");
  const auto* smoothed = dynamic_cast<const SmoothedCrossEntropy*>(&loss);
  const TransformerSettings made{transformer_shape(parameters_, task), settings.dropout,
                                 smoothed == nullptr ? 0.0 : static_cast<double>(smoothed->smoothing()), settings.seed,
                                 threads_to_make(parameters_.threads)};
  return std::make_unique<Transformer>(topology, state, made, placement.engines);
}

}  // namespace dnm
