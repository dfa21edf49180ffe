// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/initialiser.h"

namespace dnm {

// The draw functions behind the rows of initialiser_table(), one file each.

/// T distinct cells, every set of them equally likely (manual: methods/baselines, "Random"). O(links + neurons), 4
/// bytes a link.
[[nodiscard]] Mask draw_random_layer(const LayerRequest& request);

/// The Dendritic Network Model (manual: methods/model; doi:10.20944/preprints202510.0458). O(links + dendrites +
/// neurons), 4 bytes a link.
[[nodiscard]] Mask draw_dnm_layer(const LayerRequest& request);

/// Bipartite small world (manual: methods/baselines, "Bipartite small world"): k_j consecutive inputs from
/// int(j·n_in/n_out - k_j/2) on, around the ring, then a fraction beta of the links moved at random. O(links +
/// neurons), 4 bytes a link.
[[nodiscard]] Mask draw_bsw_layer(const LayerRequest& request);

/// Bipartite receptive field (manual: methods/baselines, "Bipartite receptive field"): k_j inputs drawn without
/// replacement with p ∝ (1+t)^(-(1-r)/r), t the ring distance from round(j·n_in/n_out); r = 0: the nearest, ties at
/// random. The draw is exact and costs O(links), not O(n_in) a row. 4 bytes a link, 8 with fields on the input side.
[[nodiscard]] Mask draw_brf_layer(const LayerRequest& request);

/// Ramanujan graph (Lubotzky, Phillips and Sarnak, Combinatorica 8:261, 1988, doi:10.1007/BF02126799; manual:
/// methods/baselines, "Ramanujan graphs"): a random bipartite graph whose degrees differ by at most one on either side,
/// redrawn by switches until its second singular value is at most √(d_L-1) + √(d_R-1), at most 50 times. A notice
/// reports both numbers. O(links) per attempt and about 100 products with the matrix for σ₂; 8 bytes a link, up to 16
/// when it takes more than one attempt.
[[nodiscard]] Mask draw_ramanujan_layer(const LayerRequest& request);

/// Correlated sparse topological initialisation (manual: methods/baselines, "CSTI"): the T cells whose inputs correlate
/// most, with the correlation matrix of the data's inputs tiled over every layer; ties at random. O(links + inputs²) a
/// layer.
[[nodiscard]] Network draw_csti_network(const NetworkRequest& request);

/// Single-shot network pruning (Lee et al., ICLR 2019, arXiv:1810.02340; manual: methods/baselines, "SNIP"): the cells
/// of a dense network with the largest |w·∂L/∂w|, over all layers together or layer by layer; ties at random. A notice
/// reports layers without links.
[[nodiscard]] Network draw_snip_network(const NetworkRequest& request);

/// Every cell of every layer.
[[nodiscard]] Mask draw_dense_layer(const LayerRequest& request);

/// A dense network of the same depth whose one hidden width is chosen so that it has as many weights as the sparse
/// network would have (including the classifier's where there will be one). A notice reports both numbers.
[[nodiscard]] Network draw_dense_equal_network(const NetworkRequest& request);

/// Adds a notice where there are fewer links than output neurons.
void report_empty_rows(const LayerRequest& request);

}  // namespace dnm
