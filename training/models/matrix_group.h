// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/layer_names.h"
#include "core/network/network.h"
#include "training/layers/named_mask.h"

namespace dnm {

struct TrainingSettings;

/// Some outputs of one matrix, as one layer of a group's network.
struct MatrixPart {
  std::string matrix;       ///< its name: "encoder1.self.q"
  NodeIndex first_row = 0;  ///< of the outputs taken
  NodeIndex rows = 0;
  bool transposed = false;  ///< its outputs come first, its inputs behind them
  bool operator==(const MatrixPart&) const = default;
};

/// In the order of matrix_groups().
enum class MatrixGroupKind : std::uint8_t {
  chain,         ///< all matrices, one behind the other
  feed_forward,  ///< of one block
  side,          ///< all feed-forward layers of encoder or decoder
  values,        ///< values and output of one attention
  head,          ///< queries and keys of one head
  matrix,
};

/// Matrices of a model that are one network of layers: what pictures and measures show of it.
struct MatrixGroup {
  std::string id;     ///< "encoder1.ffn"; empty for the chain of all
  std::string label;  ///< "feed-forward of encoder block 1"
  MatrixGroupKind kind = MatrixGroupKind::matrix;
  std::vector<MatrixPart> parts;  ///< the layers of the network, first to last; at least one
  bool operator==(const MatrixGroup&) const = default;
};

/// All groups that there are among these matrices, by kind and then in the order of the matrices; the first is that
/// shown unless another is chosen. Matrices "STEM.LEAF" are taken together by their names, where their shapes fit:
///   STEM      w1 → w2, a feed-forward block ("encoder1.ffn"): d, f, d
///   SIDE.ffn  these one behind the other for all blocks of a side ("encoder.ffn"): d, f, d, f, d …
///   STEM.v-o  v → o, one attention ("encoder1.self.v-o"): d, d, d
///   STEM.headH   rows H of q and k, numbered from 1 ("encoder1.self.head3"). Both read the same inputs in
///             self-attention: outputs of q, inputs, outputs of k (d/heads, d, d/heads). In an attention of another
///             STEM the inputs are two kinds, and row i of q meets row i of k in the scores: inputs of q, rows, inputs
///             of k (d, d/heads, d)
///   STEM.LEAF one matrix: inputs, outputs
/// Matrices without such names are the one group "" where each reads the outputs of the one before it, as in an MLP,
/// and else single matrices. `heads` that do not divide the rows, or are more than 1024, make no heads. O(matrices ·
/// heads).
[[nodiscard]] std::vector<MatrixGroup> matrix_groups(std::span<const NamedMask> matrices, std::size_t heads);
/// The same with the heads of the model that these settings train.
[[nodiscard]] std::vector<MatrixGroup> matrix_groups_of(const TrainingSettings& settings,
                                                        std::span<const NamedMask> matrices);

/// The group of this id, or the first for an empty one. Throws InvalidInput with "did you mean", and where there are no
/// groups.
[[nodiscard]] const MatrixGroup& group_named(std::span<const MatrixGroup> groups, std::string_view id);

/// What the layers of the group's network are called, by the matrices: "inputs", "w1", "w2" for a feed-forward block
/// ("w1 of 2" for that of block 2 among those of a side), "q", "inputs", "k" for a head, "q inputs", "q and k",
/// "k inputs" where it joins two kinds of inputs. Empty for the chain of all.
[[nodiscard]] LayerNames names_of_group(const MatrixGroup& group);

/// The group as a network of layers. O(links of its matrices). Throws InvalidInput where one of them is missing, has
/// too few rows, or does not fit its neighbour.
[[nodiscard]] NetworkPointer network_of_group(const MatrixGroup& group, std::span<const NamedMask> matrices);

}  // namespace dnm
