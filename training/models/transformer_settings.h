// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/network/network.h"
#include "core/support/task_control.h"
#include "training/layers/parameter_state.h"
#include "training/models/topology.h"
#include "training/models/topology_source.h"

namespace dnm {

/// The sizes of an encoder-decoder Transformer (Vaswani et al. 2017, arXiv:1706.03762) with as many encoder as decoder
/// blocks.
struct TransformerShape {
  std::size_t blocks = 6;            ///< of either side, at least 1
  std::size_t width = 512;           ///< d: features of a token; even, and a multiple of the heads
  std::size_t heads = 8;             ///< at least 1
  std::size_t feed_forward = 1024;   ///< hidden neurons of the feed-forward layers
  std::size_t source_pieces = 8000;  ///< of the vocabularies, at least 4 each
  std::size_t target_pieces = 8000;
  bool tied = false;  ///< one table for source, target and generator, of a common vocabulary
  bool operator==(const TransformerShape&) const = default;
};

/// The 16·blocks matrices in the order of the forward pass: "encoder1.self.q", ".k", ".v", ".o", "encoder1.ffn.w1",
/// ".w2", …, "decoder1.self.q" …, "decoder1.context.q" …, "decoder1.ffn.w1" …. Rows and columns of q, k and v: head h
/// has the outputs h·d/heads …. Throws InvalidInput for a shape that cannot be.
[[nodiscard]] std::vector<MatrixRequest> transformer_matrices(const TransformerShape& shape);

/// Gives the mask of one matrix: its name, its outputs and inputs, and its place among the matrices.
using MaskOf = std::function<Mask(const std::string& name, NodeIndex n_out, NodeIndex n_in, std::size_t place)>;

/// The topology of these matrices. Chains are v → o and w1 → w2, pairs q and k. Throws InvalidInput for a shape that
/// cannot be, and for a mask of another size.
[[nodiscard]] Topology transformer_topology(const TransformerShape& shape, const MaskOf& mask_of);

/// From what the first weights at the links are drawn: Glorot's uniform distribution (Glorot & Bengio, AISTATS 2010)
/// for the dense matrix, as in the papers, or the same wider by 1/sqrt(density), which keeps the signal's size.
enum class TransformerStart : std::uint8_t { glorot, sparse };

/// The first parameters with `slots` arrays of 0 each, in the model's order: tables, blocks, norms, generator. Dense
/// tables from Glorot's distribution, biases uniform in ±1/sqrt(n_in), norms 1 and 0. Each parameter depends on (seed,
/// its place) alone. O(parameters). Throws Cancelled.
[[nodiscard]] ModelState transformer_first_state(const Topology& topology, const TransformerShape& shape,
                                                 TransformerStart start, std::uint64_t seed, std::size_t slots,
                                                 const TaskControl& control = {});

}  // namespace dnm
