// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/network.h"
#include "core/network/random.h"
#include "core/support/task_control.h"
#include "training/layers/head_blocks.h"
#include "training/rewiring/rewiring_plan.h"
#include "training/rewiring/topology_event.h"
#include "training/support/step_position.h"

namespace dnm {

/// A layer as a rule sees it.
struct SparseLayer {
  std::string_view name;           ///< "layer1"
  const Mask& mask;                ///< before the update
  std::span<const float> weights;  ///< of its links, in the mask's order
  HeadBlocks heads{};
};

/// The gradients at an update, of the mean loss under masks and weights before it; without weight decay and dropout.
class GradientSource {
 public:
  /// Takes the gradients of all n_in cells of one output neuron, links and missing links.
  using Use = std::function<void(std::size_t layer, NodeIndex output, std::span<const float> gradients)>;

  virtual ~GradientSource() = default;
  /// Of these layers (places in RewiringRequest::layers), of each one output after the other: over the examples of the
  /// update's batch and of the `batches` - 1 before it in its epoch, as far as there are any. One pass through the
  /// model and 2·n_in·n_out·examples flops a layer; nothing as large as a layer's cells where layers are sparse, but
  /// inputs and activations of all the examples.
  virtual void cells(std::span<const std::size_t> layers, std::int64_t batches, const Use& use) = 0;
};

/// What a rule decides on.
struct RewiringRequest {
  const StepPosition& at;
  std::span<const SparseLayer> layers;  ///< all that may be rewired, in the model's order
  /// Places in `layers` that stand one behind the other, the outputs of each the inputs of the next: what chain removal
  /// walks. What comes before the first and after the last counts as joined to all of it.
  std::span<const std::vector<std::size_t>> chains;
  /// Pairs of places in `layers`: output i of one counts through output i of the other alone. Chain removal takes the
  /// links of an output that its partner has none of.
  std::span<const std::array<std::size_t, 2>> pairs;
  GradientSource& gradients;
  std::uint64_t seed;  ///< of the run
  const TaskControl& control;

  /// Random numbers of (seed, layer, step) alone, so that neither threads nor other layers matter and a resumed run
  /// draws the same. `layer` below 1024.
  [[nodiscard]] Random random(std::size_t layer) const;
};

/// What a rule makes of one layer.
struct RewiredLayer {
  Mask mask;             ///< after the update, between the same neurons
  StageCounts counts{};  ///< stages that the rule has not stay 0
  /// What the links that are there after and not before start with, in the mask's order; empty: 0.
  std::vector<float> grown_weights{};
};

struct RewiringResult {
  std::vector<RewiredLayer> layers;   ///< as many as were asked about, in the same order
  std::vector<RuleNumber> numbers{};  ///< what the rule went by: "zeta", "tau"
};

/// What a rule has to know of earlier updates, by names of its own.
using RuleMemory = std::map<std::string, std::vector<std::int64_t>>;

/// How the topology changes while the weights learn (manual: methods/rewiring). What a rule answers must follow from
/// its settings, its memory and what it is asked with alone: a resumed run asks a new object.
class RewiringRule {
 public:
  virtual ~RewiringRule() = default;
  /// Whether the step at this position rewires in place of learning. Quick: asked before every step.
  [[nodiscard]] virtual bool is_due(const StepPosition& at) const = 0;
  /// All updates of a whole run of this length, whatever its memory: every step at which a new object is due.
  [[nodiscard]] virtual std::vector<PlannedUpdate> planned(StepPosition at) const;
  /// Throws InvalidInput where it cannot do what it is set to with these layers in a run of this length. Asked before
  /// the first step; `at` is any position.
  virtual void check(std::span<const SparseLayer> /*layers*/, const StepPosition& /*at*/) const {}
  /// Whether its layers lose links for good, so that another engine may become the faster one.
  [[nodiscard]] virtual bool makes_sparser() const { return false; }
  /// The layers' new links: links that stay keep weight and optimiser's slots, also those taken and regrown, new ones
  /// start with 0 for all but RewiredLayer::grown_weights. Throws Cancelled; nothing has changed then, its memory
  /// included.
  [[nodiscard]] virtual RewiringResult rewired(const RewiringRequest& request) = 0;
  /// Checkpoints keep it.
  [[nodiscard]] virtual RuleMemory memory() const { return {}; }
  /// Takes over what `memory` gave to an earlier object, before the first question of a resumed run.
  virtual void remember(const RuleMemory& /*memory*/) {}
};

}  // namespace dnm
