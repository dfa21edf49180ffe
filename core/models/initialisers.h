// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/initialiser.h"

namespace dnm {

// The draw functions behind the rows of initialiser_table(), one file each.

/// T distinct cells, every set of them equally likely (METHODS 2). O(links + neurons), 4 bytes a link.
[[nodiscard]] Mask draw_random_layer(const LayerRequest& request);

/// The Dendritic Network Model (METHODS 1.1 to 1.7). O(links + dendrites + neurons), 4 bytes a link (rewiring: 8).
[[nodiscard]] Mask draw_dnm_layer(const LayerRequest& request);

}  // namespace dnm
