// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "app/workspace/pins/pin.h"
#include "app/workspace/state.h"
#include "core/live/known_values.h"
#include "core/live/live_pipeline.h"

// What is known of pinned networks. It is no part of the state: it follows from it, and is no step of undo.
namespace dnm {

/// The network of a pin, its embedding and measures as the live pipeline has them.
struct PinResult {
  Pin pin{};
  LiveSnapshot known{};  ///< of its request; values of measures may lack what was found for every node
};
using PinResults = std::vector<PinResult>;

/// What is known of the network of this pin; an empty snapshot where nothing is.
[[nodiscard]] const LiveSnapshot& known_of(const PinResults& results, const Pin& pin);

/// What is known of the working network, where that is pinned; null where it is not.
[[nodiscard]] std::shared_ptr<const LiveSnapshot> known_of_working(const PinResults& results,
                                                                   const WorkspaceState& state);

/// What is to be computed of a pin: in full quality, as the working network is measured under these settings, without
/// p-value and comparison with chance. A measured layer that the network has not counts as none.
[[nodiscard]] LiveRequest request_of(const Pin& pin, const ViewSettings& view);

/// Makes `request` the one of `known`: values that do not hold under it are stale, and will be computed again.
void follow_request(LiveSnapshot& known, const LiveRequest& request);
/// Whether the network, every measure and, where it is wanted, the embedding are there or have failed.
[[nodiscard]] bool is_complete(const LiveSnapshot& known, bool with_embedding);

}  // namespace dnm
