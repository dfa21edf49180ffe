// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/embedding/full_turn.h"
#include "core/network/graph.h"
#include "core/support/task_control.h"

namespace dnm {

/// Coalescent embedding in the hyperbolic disk (Muscoloni et al., Nat. Commun. 8:1615, 2017,
/// doi:10.1038/s41467-017-01825-5; manual: methods/embedding, "Coalescent embedding"). One entry per node.
struct Embedding {
  std::vector<double> theta;           ///< angle in [0, 2π)
  std::vector<double> radius;          ///< hyperbolic radius, curvature -1, >= 0
  std::vector<NodeIndex> component;    ///< 0: the embedded component; others are placed beside it, and shown grey
  std::string method;                  ///< "RA1-LE-EA"
  std::string note;                    ///< "largest of 6 components embedded (34 of 43 nodes)"; may be empty
  double beta = 0.0;                   ///< popularity fading used for the radii
  std::vector<double> eigenvalues;     ///< the leading ones: smallest first for LE, else by descending magnitude
  double arc_begin = 0.0;              ///< the embedded component's share of the circle: where it begins …
  double arc = full_turn;              ///< … and its length; the whole circle when there is only one component
  std::vector<NodeIndex> layer_sizes;  ///< of the network; alignment uses them to find corresponding nodes
};

enum class LinkWeights { none, ra1, ra2, ebc };
enum class Reduction { le, iso, nciso, mce, ncmce };
enum class AngleAdjustment { original, equidistant };

struct EmbeddingMethod {
  LinkWeights weights = LinkWeights::ra1;
  Reduction reduction = Reduction::le;
  AngleAdjustment adjustment = AngleAdjustment::equidistant;
  bool operator==(const EmbeddingMethod&) const = default;
};

/// One choice for one part of a method. The chooser, the help text and the manual use these rows.
struct EmbeddingOption {
  std::string_view id;       ///< as in a method's name: "RA1"
  std::string_view label;    ///< "Repulsion-attraction 1"
  std::string_view meaning;  ///< one sentence
  std::string_view cost;     ///< time and memory in n nodes and m links, with an example; empty: next to nothing
};
/// In the order of the enumerations, every combination of the three is a method. Add a reduction: one file, one
/// enumerator, one row in embedding_method.cpp.
[[nodiscard]] std::span<const EmbeddingOption> link_weights_options();
[[nodiscard]] std::span<const EmbeddingOption> reduction_options();
[[nodiscard]] std::span<const EmbeddingOption> angle_adjustment_options();

/// WEIGHTS-REDUCTION-ADJUSTMENT by the ids above: "RA1-LE-EA", "original-LE-original". Throws InvalidInput.
[[nodiscard]] EmbeddingMethod parse_embedding_method(std::string_view text);
[[nodiscard]] std::string embedding_method_name(const EmbeddingMethod& method);

/// Embeds the largest component; every other component gets an arc after it in proportion to its size, isolated nodes
/// the rim (manual: methods/embedding, "Several components"). Nodes of equal angle or degree are ranked by number.
/// Every graph has an embedding, tiny ones included; `note` says where it has little meaning. `threads` 0: all
/// available; the result does not depend on it. For time and memory see EmbeddingOption::cost. Throws NumericalError,
/// ResourceError (with the estimate) when it would not fit in memory, Cancelled.
[[nodiscard]] Embedding embed(const Graph& graph, const EmbeddingMethod& method = {}, const TaskControl& control = {},
                              unsigned threads = 0);

/// Rotates and, if better, mirrors `embedding` so that its nodes lie as close as possible to those of `previous`: the
/// picture on screen then moves instead of jumping. When layers were resized, nodes correspond by layer and relative
/// position in it; general graphs of different size are left unchanged. O(nodes).
[[nodiscard]] Embedding aligned(Embedding embedding, const Embedding& previous);

/// Rotates and, if better, mirrors `embedding` so that the embedded nodes lie as close as possible to even places
/// around the circle, counter-clockwise in the order of their numbers within each layer (of a general graph: in all of
/// it). Rotated and mirrored copies of one embedding become one, so that every picture of a network is the same,
/// whatever was shown before; ties go by the lowest node (manual: methods/embedding, "Orientation"). O(nodes).
[[nodiscard]] Embedding in_standard_orientation(Embedding embedding);

}  // namespace dnm
