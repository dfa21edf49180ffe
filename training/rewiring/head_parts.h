// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/network/network.h"
#include "training/rewiring/link_removal.h"
#include "training/rewiring/rewiring_rule.h"

namespace dnm {

/// The cells of a layer that belong to one head.
struct HeadPart {
  std::size_t layer = 0;  ///< its place in RewiringRequest::layers
  std::uint32_t head = 0;
  NodeIndex first_output = 0, outputs = 0;
  NodeIndex first_input = 0, inputs = 0;
  bool operator==(const HeadPart&) const = default;
};

/// The layers of a request, each cut into the parts of its heads (SparseLayer::heads); one part where it has none.
/// Places of parts number them in the order of layers, then heads.
class HeadParts {
 public:
  /// Throws InvalidInput where heads do not divide a layer, or layers of a chain or pair have different numbers of
  /// them.
  explicit HeadParts(const RewiringRequest& request);

  [[nodiscard]] std::span<const HeadPart> parts() const { return parts_; }
  /// Those of one layer.
  [[nodiscard]] std::span<const HeadPart> parts_of(std::size_t layer) const;
  /// The place of the first part of a layer.
  [[nodiscard]] std::size_t first_part(std::size_t layer) const { return first_[layer]; }
  /// As RewiringRequest::chains and pairs, by places of parts: each head's for itself.
  [[nodiscard]] const std::vector<std::vector<std::size_t>>& chains() const { return chains_; }
  [[nodiscard]] const std::vector<std::array<std::size_t, 2>>& pairs() const { return pairs_; }

 private:
  /// The number of heads that all these layers have.
  [[nodiscard]] std::size_t heads_of(std::span<const std::size_t> layers) const;

  std::vector<HeadPart> parts_;
  std::vector<std::size_t> first_;  ///< of each layer, and the end
  std::vector<std::vector<std::size_t>> chains_;
  std::vector<std::array<std::size_t, 2>> pairs_;
};

/// The links of a layer that lie in a part, numbered from the part's first output and input. O(links + n_out).
[[nodiscard]] WeightedMask part_of(const WeightedMask& layer, const HeadPart& part);
/// The layer whose parts have these masks, in the order of parts_of(). O(links + n_out · parts).
[[nodiscard]] Mask joined(NodeIndex n_in, NodeIndex n_out, std::span<const HeadPart> parts,
                          std::span<const Mask> masks);
/// The cell of the layer that is this cell of its part.
[[nodiscard]] std::uint64_t cell_of_layer(NodeIndex n_in, const HeadPart& part, std::uint64_t cell);

/// The gradients of whole layers as those of their parts.
class PartGradients : public GradientSource {
 public:
  /// Both must outlive it.
  PartGradients(GradientSource& layers, const HeadParts& heads) : layers_(layers), heads_(heads) {}
  void cells(std::span<const std::size_t> parts, std::int64_t batches, const Use& use) override;

 private:
  GradientSource& layers_;
  const HeadParts& heads_;
};

}  // namespace dnm
