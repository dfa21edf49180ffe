// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/initialiser.h"

namespace dnm {

// The draw functions behind the rows of initialiser_table(), one file each.

/// T distinct cells, every set of them equally likely (METHODS 2). O(links + neurons), 4 bytes a link.
[[nodiscard]] Mask draw_random_layer(const LayerRequest& request);

/// The Dendritic Network Model (METHODS 1.1 to 1.7). O(links + dendrites + neurons), 4 bytes a link.
[[nodiscard]] Mask draw_dnm_layer(const LayerRequest& request);

/// Bipartite small world (METHODS 2): k_j consecutive inputs from int(j·n_in/n_out - k_j/2) on, around the ring, then a
/// share beta of the links moved at random. O(links + neurons), 4 bytes a link.
[[nodiscard]] Mask draw_bsw_layer(const LayerRequest& request);

/// Bipartite receptive field (METHODS 2): k_j inputs drawn without replacement with p ∝ (1+t)^(-(1-r)/r), t the ring
/// distance from round(j·n_in/n_out); r = 0: the nearest, ties at random. The draw is exact and costs O(links), not
/// O(n_in) a row. 4 bytes a link, 8 with fields on the input side.
[[nodiscard]] Mask draw_brf_layer(const LayerRequest& request);

/// Ramanujan graph (METHODS 2): a random bipartite graph whose degrees differ by at most one on either side, drawn
/// again by switches until its second singular value is at most √(d_L-1) + √(d_R-1), at most 50 times. A notice says
/// both numbers. O(links) a try and about 100 products with the matrix for σ₂; 8 bytes a link, up to 16 when it takes
/// more than one try.
[[nodiscard]] Mask draw_ramanujan_layer(const LayerRequest& request);

/// Correlated sparse topological initialisation (METHODS 2): the T cells whose inputs correlate most, the correlation
/// of the data's inputs being laid over every layer like tiles; ties at random. O(links + inputs²) a layer.
[[nodiscard]] Network draw_csti_network(const NetworkRequest& request);

/// Single-shot network pruning (METHODS 2; Lee et al., ICLR 2019): the cells of a dense network with the largest
/// |w·∂L/∂w|, over all layers together or layer by layer; ties at random. A notice tells of layers without links.
[[nodiscard]] Network draw_snip_network(const NetworkRequest& request);

/// Every cell of every layer.
[[nodiscard]] Mask draw_dense_layer(const LayerRequest& request);

/// A dense network of the same depth whose one hidden width is chosen so that it has as many weights as the sparse
/// network would have (the classifier's counted where there will be one). A notice says both numbers.
[[nodiscard]] Network draw_dense_equal_network(const NetworkRequest& request);

/// Adds a notice where there are fewer links than output neurons.
void tell_of_empty_rows(const LayerRequest& request);

}  // namespace dnm
