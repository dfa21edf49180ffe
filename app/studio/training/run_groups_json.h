// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/studio/training/run_groups.h"

namespace dnm {

/// The "runs" of a session file: a JSON array with one object per group: its identity, name and colour, what it was
/// started with, and for each run its seed, state, figures and epochs (one list per column). A run that goes on or
/// waits is written as stopped.
[[nodiscard]] std::string run_groups_to_json(const std::vector<RunGroup>& groups);

struct ReadGroups {
  std::vector<RunGroup> groups;
  std::string problem;  ///< one sentence when some were damaged and left out; else empty
};
/// The inverse; nothing in it is relied on, whatever the text holds.
[[nodiscard]] ReadGroups run_groups_from_json(std::string_view text);

}  // namespace dnm
