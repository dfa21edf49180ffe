// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/embedding/block_krylov.h"

namespace dnm {

/// The result of a reduction of a weighted graph.
struct ReducedAngles {
  std::vector<double> theta;        ///< in [0, 2π), one per node
  std::vector<double> eigenvalues;  ///< the leading ones in the order of the reduction; unused ones are approximate
  std::string note;                 ///< where the angles have little meaning or are not unique; may be empty
};

/// K = -½ J S J from S, the squares of distances, J = I - 1/n.
[[nodiscard]] SymmetricOperator centred_kernel(SymmetricOperator squares);

/// X_i = √|λ_i| · v_i, counted from 0; zeros for i beyond the available pairs.
[[nodiscard]] std::vector<double> coordinate(const LeadingPairs& pairs, std::size_t i);

/// atan2(y, x) in [0, 2π), entry by entry.
[[nodiscard]] std::vector<double> plane_angles(const std::vector<double>& x, const std::vector<double>& y);

/// A sentence when the coordinates `first` … `last` vanish or are not unique because an eigenvalue outside equals one
/// inside; else empty.
[[nodiscard]] std::string ambiguity(const LeadingPairs& pairs, std::size_t first, std::size_t last);

}  // namespace dnm
