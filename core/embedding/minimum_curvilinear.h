// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "core/embedding/isomap.h"
#include "core/embedding/link_weights.h"
#include "core/embedding/reduced_angles.h"
#include "core/support/task_control.h"

namespace dnm {

/// Minimum curvilinear embedding (Cannistraci et al., Bioinformatics 26:i531, 2010, doi:10.1093/bioinformatics/btq376,
/// and 29:i199, 2013, doi:10.1093/bioinformatics/btt208; as used by Muscoloni et al., Nat. Commun. 8:1615, 2017,
/// doi:10.1038/s41467-017-01825-5): one coordinate c of the distances D along the minimum spanning tree. Centred (MCE):
/// X₁ of K = -½ J (D∘D) J; else (ncMCE): X₂ of K = D. θ = (c - min c) / (max c - min c) · 2π(n-1)/n; the sign of c is
/// free, which mirrors the circle.
///
/// D is never formed: a product with it costs O(nodes) along the tree. O(links log links + nodes · steps) time,
/// O(links) memory and a few hundred doubles per node. `graph` must be connected with at least two nodes. Throws
/// ResourceError with the estimate, NumericalError, Cancelled.
[[nodiscard]] ReducedAngles minimum_curvilinear_embedding(const WeightedGraph& graph, Centring centring,
                                                          const TaskControl& control, std::size_t dense_limit = 256);

}  // namespace dnm
