// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/network/network.h"
#include "core/support/task_control.h"

namespace dnm {

/// Counts work and checks the stop token at intervals, so that inner loops stay cheap.
class StopCheck {
 public:
  explicit StopCheck(const TaskControl& control) : control_(control) {}
  void worked(std::uint64_t amount) {
    done_ += amount;
    if (done_ < interval) return;
    done_ = 0;
    control_.check();
  }

 private:
  static constexpr std::uint64_t interval = std::uint64_t{1} << 18;  // a few milliseconds
  const TaskControl& control_;
  std::uint64_t done_ = 0;
};

/// Resizes the array to `size` zeros, in steps short enough to end soon after a stop: the system provides large memory
/// page by page as it is first touched. Throws Cancelled.
void resize_in_steps(std::vector<NodeIndex>& array, std::uint64_t size, const TaskControl& control);

}  // namespace dnm
