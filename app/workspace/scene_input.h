// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/live_pipeline.h"
#include "viz/scenes/scene_input.h"

namespace dnm {

/// What the pictures of a snapshot's network are made of: all that is fresh, and why the rest is missing. Results of
/// measures that are not fresh stand in, marked as stale, as they were in `before`. Without a fresh network it is
/// `before`.
[[nodiscard]] SceneInput scene_input(const LiveSnapshot& snapshot, const SceneInput& before);

}  // namespace dnm
