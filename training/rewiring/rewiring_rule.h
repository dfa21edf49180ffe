// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/network/network.h"
#include "core/network/random.h"
#include "core/support/task_control.h"
#include "training/data/batch.h"
#include "training/engine/mlp.h"

namespace dnm {

/// Where a run stands. Both counts run through the whole of it; a step is one batch, whether it learns or rewires.
struct TrainingMoment {
  std::uint64_t step = 0;             ///< taken before this one
  std::uint64_t steps_per_epoch = 0;  ///< at least 1
  int epochs = 0;
  [[nodiscard]] int epoch() const { return static_cast<int>(step / steps_per_epoch); }  ///< from 0
  [[nodiscard]] std::uint64_t steps() const { return steps_per_epoch * static_cast<std::uint64_t>(epochs); }
};

/// What a rule decides on.
struct RewiringRequest {
  const TrainingMoment& moment;
  std::span<const Mask> masks;  ///< of all layers but the classifier, which no rule touches
  const ModelState& state;      ///< weights and momenta at those links; the classifier's come last
  Mlp& model;                   ///< holds that state; asked for gradients, not for steps
  const Batch& batch;           ///< of this step
  Random& random;               ///< of this moment alone
  const TaskControl& control;
};

/// How the topology changes while the weights learn. Add a rule: a file in this folder, and its row in
/// rewiring_table.cpp. What a rule answers must follow from its settings, its memory and what it is asked with alone:
/// a resumed run asks a new object.
class RewiringRule {
 public:
  virtual ~RewiringRule() = default;
  /// Whether the step at this moment rewires in place of learning. Quick: asked before every step.
  [[nodiscard]] virtual bool is_due(const TrainingMoment& moment) const = 0;
  /// The layers' new links, as many masks of the same neurons as there were: links that stay keep weight and momentum,
  /// new ones start with 0 for both. Throws Cancelled; nothing has changed then, its memory included.
  [[nodiscard]] virtual std::vector<Mask> rewired(const RewiringRequest& request) = 0;
  /// What it has to know of the steps before this one, in numbers of its own meaning; checkpoints keep it.
  [[nodiscard]] virtual std::vector<std::int64_t> memory() const { return {}; }
  /// Takes over what `memory` gave to an earlier object, before the first question of a resumed run.
  virtual void remember(std::span<const std::int64_t> /*memory*/) {}
};

}  // namespace dnm
