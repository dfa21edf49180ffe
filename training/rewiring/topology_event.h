// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/network/network.h"

namespace dnm {

/// A cell of a mask.
struct Link {
  NodeIndex output = 0;
  NodeIndex input = 0;
  auto operator<=>(const Link&) const = default;
};

/// How many links an update took and gave, stage by stage (manual: methods/rewiring, "One update"). A link may be taken
/// by one stage and given back by a later one.
struct StageCounts {
  std::uint64_t pruned = 0;         ///< for good, by a falling density
  std::uint64_t removed = 0;        ///< to be regrown elsewhere
  std::uint64_t chain_removed = 0;  ///< since they lay on no path through the layers
  std::uint64_t regrown = 0;
  std::uint64_t regrown_again = 0;  ///< of the regrown, those removed or chain-removed by the same update
  bool operator==(const StageCounts&) const = default;
};

/// What an update did to one layer.
struct LayerChange {
  std::string layer;            ///< its name
  std::uint64_t links = 0;      ///< after it
  StageCounts counts{};         ///< as the rule counted them
  std::vector<Link> removed{};  ///< there before it and not after; sorted
  std::vector<Link> grown{};    ///< there after it and not before; sorted
  bool operator==(const LayerChange&) const = default;
};

/// A number of the rule at an update: "zeta", "tau".
struct RuleNumber {
  std::string name;
  double value = 0.0;
  bool operator==(const RuleNumber&) const = default;
};

/// One update of a run's topology.
struct TopologyEvent {
  std::uint64_t update = 0;           ///< 1, 2, 3 …
  std::uint64_t step = 0;             ///< t: batches seen, that of the update included
  int epoch = 0;                      ///< it lies in, from 1
  std::vector<LayerChange> layers{};  ///< every sparse layer, in the model's order, unchanged ones too
  std::vector<RuleNumber> numbers{};
  /// The task's leading metric on the test examples right before it, of an update that ends an epoch; the value right
  /// after it is that of the epoch.
  std::optional<double> leading_before{};
  double seconds = 0.0;  ///< wall time of the update, evaluation not counted
  bool operator==(const TopologyEvent&) const = default;
};
using TopologyEventPointer = std::shared_ptr<const TopologyEvent>;

/// What is kept of an update after it: no links, which take megabytes.
struct TopologyEventSummary {
  struct Layer {
    std::string name;
    std::uint64_t removed = 0;  ///< links, as in LayerChange
    std::uint64_t grown = 0;
    bool operator==(const Layer&) const = default;
  };
  std::uint64_t update = 0;
  int epoch = 0;
  std::vector<Layer> layers{};
  std::vector<RuleNumber> numbers{};
  bool operator==(const TopologyEventSummary&) const = default;
};
[[nodiscard]] TopologyEventSummary without_links(const TopologyEvent& event);

/// The links of a layer after a change: those of `mask` without the removed ones, with the grown ones. O(links).
/// Throws InvalidInput when a removed link is not there, a grown one is, or one is outside the layer.
[[nodiscard]] Mask changed_mask(const Mask& mask, const LayerChange& change);
/// The links of a layer before a change that led to `mask`: the inverse of changed_mask(), with its cost and errors.
[[nodiscard]] Mask mask_before(const Mask& mask, const LayerChange& change);
/// The links that differ between two masks of the same neurons, into `change`. O(links).
void note_difference(const Mask& before, const Mask& after, LayerChange& change);

}  // namespace dnm
