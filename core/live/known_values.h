// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/live_pipeline.h"

namespace dnm {

/// Measures of which the value alone is known lack what was found for every node, such as its community.
enum class ValuesAlone { taken, left };

/// Takes over the fresh values of `from` that `known` lacks and that hold under its request. Both are of the same
/// network, in full quality; nothing is taken over from a draft. O(measures).
void learn(LiveSnapshot& known, const LiveSnapshot& from, ValuesAlone values_alone);

}  // namespace dnm
