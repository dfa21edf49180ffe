// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/embedding/link_weights.h"
#include "core/support/task_control.h"

namespace dnm {

struct LaplacianEigenmap {
  std::vector<double> theta;  ///< atan2(f₃, f₂) in [0, 2π), one per node
  std::vector<double> eigenvalues;  ///< λ₁ = 0, λ₂, λ₃ and λ₄ where there are as many nodes; λ₄ to about three digits
  int products = 0;                 ///< operator applications the iteration took; 0: solved as a dense matrix
};

/// Laplacian eigenmap (LE; Belkin and Niyogi, Neural Comput. 15:1373, 2003, doi:10.1162/089976603321780317): with h =
/// exp(-(w / mean w)²), (D - H) f = λ D f, fᵀ D f = 1, the angle of each node in the plane of the eigenvectors of the
/// second and third smallest eigenvalue. Exact up to rotation and reflection of the whole (signs: the largest entry of
/// each eigenvector is positive); the same input gives the same bits.
///
/// Up to `dense_limit` nodes a dense solver; beyond, subspace iteration with a Chebyshev filter on the normalised
/// operator (Zhou, Saad et al., J. Comput. Phys. 219:172, 2006, doi:10.1016/j.jcp.2006.03.017), on the smaller side's
/// Gram operator when the graph is bipartite. O(links · products), products ~ 1/sqrt(eigengap to λ₁₀). Where that gap
/// is tiny and the graph thin, inverse iteration with a sparse Cholesky factor. Needs a connected graph. Throws
/// NumericalError, Cancelled.
[[nodiscard]] LaplacianEigenmap laplacian_eigenmap(const WeightedGraph& graph, const TaskControl& control,
                                                   NodeIndex dense_limit = 128);

}  // namespace dnm
