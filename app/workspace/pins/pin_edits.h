// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

#include "app/workspace/pins/pin.h"
#include "app/workspace/state.h"

// What is done with pins, as states that follow from states.
namespace dnm {

/// What is shown, as a pin; a moment of a run as a working network. Named by what differs from the defaults.
[[nodiscard]] Pin pin_of(const WorkspaceState& state);
/// The random network (Erdős–Rényi) of the same layers and links as what is shown, as a pin: by the same sparsity where
/// that decides the number of links, else by that of each layer of `network`, which is what is shown (null: not there
/// yet). Throws InvalidInput where there is none: no network yet, no layers, or a layer without links.
[[nodiscard]] Pin random_pin(const WorkspaceState& state, const NetworkPointer& network);

/// The place of the pin of that network; the number of pins where none is.
[[nodiscard]] std::size_t place_of(const Pins& pins, const Pin& network);
/// With this pin as the last one, by a name that no other has; unchanged if its network is pinned.
[[nodiscard]] Pins with_pin(Pins pins, Pin pin);
/// Without the pin of this place. Without the reference, the first takes its place.
[[nodiscard]] Pins without_pin(Pins pins, std::size_t place);
/// With the pin of place `from` at place `to`.
[[nodiscard]] Pins with_moved_pin(Pins pins, std::size_t from, std::size_t to);

/// With the network of the pin as the working network.
[[nodiscard]] WorkspaceState with_network_of(WorkspaceState state, const Pin& pin);

}  // namespace dnm
