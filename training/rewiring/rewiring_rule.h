// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/network/network.h"
#include "core/network/random.h"
#include "core/support/task_control.h"
#include "training/data/batch.h"
#include "training/models/mlp.h"
#include "training/support/step_position.h"

namespace dnm {

/// What a rule decides on.
struct RewiringRequest {
  const StepPosition& at;
  std::span<const Mask> masks;  ///< of all layers but the classifier, which no rule touches
  const ModelState& state;      ///< weights and momenta at those links; the classifier's come last
  Mlp& model;                   ///< holds that state; asked for gradients, not for steps
  const Batch& batch;           ///< of this step
  Random& random;               ///< of this step alone
  const TaskControl& control;
};

/// How the topology changes while the weights learn. Add a rule: a file in this folder, and its row in
/// rewiring_table.cpp. What a rule answers must follow from its settings, its memory and what it is asked with alone:
/// a resumed run asks a new object.
class RewiringRule {
 public:
  virtual ~RewiringRule() = default;
  /// Whether the step at this position rewires in place of learning. Quick: asked before every step.
  [[nodiscard]] virtual bool is_due(const StepPosition& at) const = 0;
  /// The layers' new links, as many masks of the same neurons as there were: links that stay keep weight and momentum,
  /// new ones start with 0 for both. Throws Cancelled; nothing has changed then, its memory included.
  [[nodiscard]] virtual std::vector<Mask> rewired(const RewiringRequest& request) = 0;
  /// What it has to know of the steps before this one, in numbers of its own meaning; checkpoints keep it.
  [[nodiscard]] virtual std::vector<std::int64_t> memory() const { return {}; }
  /// Takes over what `memory` gave to an earlier object, before the first question of a resumed run.
  virtual void remember(std::span<const std::int64_t> /*memory*/) {}
};

}  // namespace dnm
