// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/workspace/state.h"

namespace dnm {

/// A quantity of the updates that a training will make.
struct PlannedCurve {
  std::string_view symbol;  ///< "ζ"
  /// At the updates of UpdatePlan, from the first on; the density has one value more in front, that of the start.
  std::vector<double> values{};
};

/// The updates that a training of the state will make.
struct UpdatePlan {
  std::vector<double> epochs{};        ///< of each update: epochs trained when it is over, such as 12.0
  double length = 0.0;                 ///< epochs of the training
  std::vector<PlannedCurve> curves{};  ///< ζ, τ and density, as far as the rule has them
  std::string count{};                 ///< "74 updates, from epoch 1 to 74"; empty where there is none
  /// "74 updates, from epoch 1 to 74; ζ 0.2999 to 0.0001, τ 1.027 to 2.973"; empty for a rule that keeps the topology.
  std::string text{};
};

/// Of a state's rule, epochs and data set. Quick; reads no more of the data than tells how many examples there are.
/// Where that cannot be told, or the settings are refused, the plan is empty but for a text that says so.
[[nodiscard]] UpdatePlan update_plan(const WorkspaceState& start);

/// What a training of the state says of its updates as it begins: UpdatePlan::text or, where some were made before it
/// was resumed, how many and which are to come: "4 updates made; 2 updates to come, from epoch 7 to 8; ζ 0.0352 to
/// 0.00905". `trained`: how many epochs by then, with the part of one.
[[nodiscard]] std::string updates_text(const WorkspaceState& start, std::uint64_t made, double trained);

/// The same of a state that changes: the plan is made anew when what it depends on has changed, and the data are looked
/// up when the training settings have. What failed is tried again every time.
class UpdatePlanner {
 public:
  /// Valid until the next call.
  [[nodiscard]] const UpdatePlan& plan(const WorkspaceState& start);

 private:
  /// What a plan depends on.
  struct Inputs {
    TrainingSettings given{};  ///< the data are looked up by
    TrainingSettings settled{};
    std::uint64_t steps_per_epoch = 0;
    std::optional<double> first_density{};  ///< where the density falls
    bool operator==(const Inputs&) const = default;
    [[nodiscard]] UpdatePlan plan() const;
  };
  void refresh(const WorkspaceState& start);

  std::optional<Inputs> inputs_{};  ///< of plan_; nothing: there is none, or it failed
  UpdatePlan plan_{};
};

}  // namespace dnm
