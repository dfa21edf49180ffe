// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/training_module.h"

namespace dnm {

std::string_view run_state_name(RunState state) {
  switch (state) {
    case RunState::preparing:
      return "preparing";
    case RunState::running:
      return "running";
    case RunState::paused:
      return "paused";
    case RunState::finished:
      return "finished";
    case RunState::stopped:
      return "stopped";
    case RunState::failed:
      return "failed";
  }
  return "unknown";
}

bool is_over(RunState state) {
  return state == RunState::finished || state == RunState::stopped || state == RunState::failed;
}

}  // namespace dnm
