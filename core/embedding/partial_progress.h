// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/task_control.h"

namespace dnm {

/// The control for one step of a longer task: progress 0 … 1 of the step is reported as `from` … `to`. `control` must
/// outlive it.
[[nodiscard]] inline TaskControl part(const TaskControl& control, double from, double to) {
  return {control.stop, [&control, from, to](double fraction) { control.report(from + (to - from) * fraction); }};
}

}  // namespace dnm
