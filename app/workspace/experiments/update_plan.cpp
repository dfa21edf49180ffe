// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/update_plan.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "app/workspace/experiments/training_start.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "training/rewiring/rewiring_plan.h"
#include "training/tasks/task_table.h"

namespace dnm {
namespace {

constexpr int digits_of_curve = 3;

/// The share of the cells that have a link before the first update.
std::optional<double> first_density(const WorkspaceState& start) {
  if (!begins_as_shown(start)) return 1.0 - *start_sparsity(start.parameters, start.training);
  const NetworkPointer network = given_network(start);
  if (!network || !network->is_layered()) return std::nullopt;
  double links = 0.0, cells = 0.0;
  for (const Mask& mask : network->masks()) {
    links += static_cast<double>(mask.link_count());
    cells += static_cast<double>(mask.n_in) * mask.n_out;
  }
  return cells > 0.0 ? std::optional(links / cells) : std::nullopt;
}

/// "; ζ 0.291 to 0.00905, τ 1.22 to 2.78": from the update after the first `made` on, the density from before it.
std::string curves_text(std::span<const PlannedCurve> curves, std::size_t made) {
  std::string text;
  for (const PlannedCurve& curve : curves) {
    text += (text.empty() ? "; " : ", ") + std::string(curve.symbol) + " " +
            with_significant(curve.values[std::min(made, curve.values.size() - 1)], digits_of_curve) + " to " +
            with_significant(curve.values.back(), digits_of_curve);
  }
  return text;
}

/// "from epoch 1 to 74".
std::string epochs_text(std::span<const double> epochs) {
  return (epochs.size() == 1 ? "at epoch " : "from epoch " + with_significant(epochs.front(), 4) + " to ") +
         with_significant(epochs.back(), 4);
}

}  // namespace

UpdatePlan UpdatePlanner::Inputs::plan() const {
  const std::vector<PlannedUpdate> updates = planned_updates(settled, steps_per_epoch);
  UpdatePlan plan{.length = static_cast<double>(settled.epochs)};
  if (updates.empty()) {
    plan.text = "no update in so few epochs";
    return plan;
  }
  PlannedCurve zeta{"ζ"}, tau{"τ"}, density{"density"};
  const std::optional<double> last = final_sparsity(settled);
  for (const PlannedUpdate& update : updates) {
    plan.epochs.push_back(static_cast<double>(update.batches_seen) / static_cast<double>(steps_per_epoch));
    if (update.zeta) zeta.values.push_back(*update.zeta);
    if (update.tau) tau.values.push_back(*update.tau);
    if (!update.decay || !first_density || !last) continue;
    if (density.values.empty()) density.values.push_back(*first_density);
    density.values.push_back(*first_density + (1.0 - *last - *first_density) * *update.decay);
  }
  plan.count = counted(updates.size(), "update") + ", " + epochs_text(plan.epochs);
  for (PlannedCurve* curve : {&density, &zeta, &tau})
    if (!curve->values.empty()) plan.curves.push_back(std::move(*curve));
  plan.text = plan.count + curves_text(plan.curves, 0);
  return plan;
}

void UpdatePlanner::refresh(const WorkspaceState& start) {
  Inputs now{.given = start.training, .settled = settled_training(start)};
  now.steps_per_epoch =
      inputs_ && inputs_->given == now.given ? inputs_->steps_per_epoch : steps_per_epoch(now.settled);
  if (final_sparsity(now.settled)) now.first_density = first_density(start);
  if (inputs_ == now) return;
  plan_ = now.plan();
  inputs_ = std::move(now);
}

const UpdatePlan& UpdatePlanner::plan(const WorkspaceState& start) {
  try {
    if (start.training.method != TrainingSettings{}.method) {
      refresh(start);
      return plan_;
    }
    plan_ = {};
  } catch (const Error& error) {
    plan_ = {.text = error.what()};
  }
  inputs_.reset();
  return plan_;
}

UpdatePlan update_plan(const WorkspaceState& start) { return UpdatePlanner().plan(start); }

std::string updates_text(const WorkspaceState& start, std::uint64_t made, double trained) {
  const UpdatePlan plan = update_plan(start);
  if (made == 0 || plan.epochs.empty()) return plan.text;
  const std::string before = counted(made, "update") + " made; ";
  const auto next = std::ranges::upper_bound(plan.epochs, trained);
  if (next == plan.epochs.end()) return before + "no update to come";
  const auto first = static_cast<std::size_t>(next - plan.epochs.begin());
  const auto to_come = std::span(plan.epochs).subspan(first);
  return before + counted(to_come.size(), "update") + " to come, " + epochs_text(to_come) +
         curves_text(plan.curves, first);
}

}  // namespace dnm
