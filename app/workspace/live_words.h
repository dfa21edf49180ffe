// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/live/live_pipeline.h"

// The states of the live pipeline in words, for every place that shows one.
namespace dnm {

/// What is to be said of the values that cancelling left behind.
inline constexpr const char* cancelled_text = "cancelled – F5 computes it";

/// A value's state with its sign: "✓ fresh", "◌ computing", "· queued" (nothing computes it yet), "· cancelled",
/// "· no network" (there is none to compute it of), "✕ failed".
[[nodiscard]] std::string state_text(const LiveSnapshot& snapshot, Freshness freshness);

/// The request's network could not be drawn: what is shown is of another one, and nothing will be computed.
[[nodiscard]] bool has_no_network(const LiveSnapshot& snapshot);

}  // namespace dnm
