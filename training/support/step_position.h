// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace dnm {

/// Where a run stands. Counts run through the whole of it; a step is one batch, whether it learns or rewires.
struct StepPosition {
  std::uint64_t step = 0;             ///< taken before this one
  std::uint64_t steps_per_epoch = 1;  ///< S, at least 1
  int epochs = 0;                     ///< E

  [[nodiscard]] int epoch() const { return static_cast<int>(step / steps_per_epoch); }  ///< from 0
  /// t: batches seen so far, the present one included (manual: methods/rewiring, "When a rule acts").
  [[nodiscard]] std::uint64_t batches_seen() const { return step + 1; }
  /// t_all = E·S: the batches of the whole run.
  [[nodiscard]] std::uint64_t steps() const { return steps_per_epoch * static_cast<std::uint64_t>(epochs); }
  [[nodiscard]] bool ends_epoch() const { return batches_seen() % steps_per_epoch == 0; }
};

}  // namespace dnm
