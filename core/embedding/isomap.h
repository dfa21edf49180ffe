// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "core/embedding/link_weights.h"
#include "core/embedding/reduced_angles.h"
#include "core/support/task_control.h"

namespace dnm {

enum class Centring : bool { no, yes };

/// Isomap on the weighted shortest-path distances D between all pairs (Tenenbaum, de Silva and Langford, Science
/// 290:2319, 2000, doi:10.1126/science.290.5500.2319; as used by Muscoloni et al., Nat. Commun. 8:1615, 2017,
/// doi:10.1038/s41467-017-01825-5). Centred (ISO): K = -½ J (D∘D) J, θ = atan2(X₂, X₁); else (ncISO): K = D, θ =
/// atan2(X₃, X₂); X_k = √|λ_k| · v_k by descending |λ|. Exact up to rotation and reflection.
///
/// O(nodes · links + nodes² · steps) time on `threads` threads (0: all available; the result does not depend on their
/// number), nodes² doubles. `graph` must be connected with at least two nodes. Throws ResourceError with the estimate,
/// NumericalError, Cancelled.
[[nodiscard]] ReducedAngles isomap(const WeightedGraph& graph, Centring centring, unsigned threads,
                                   const TaskControl& control, std::size_t dense_limit = 256);

}  // namespace dnm
