// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/live_pipeline.h"
#include "viz/scenes/scene_input.h"

namespace dnm {

/// The input of the pictures for a snapshot: all fresh values, and why the others are missing. Measures that are not
/// fresh keep their result in `before`, marked as stale. Without a fresh network, returns `before`.
/// What the network is compared with, and the names of its layers, are left to the caller, and kept while the network
/// is the same.
[[nodiscard]] SceneInput scene_input(const LiveSnapshot& snapshot, const SceneInput& before);

}  // namespace dnm
