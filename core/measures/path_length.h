// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/network/graph.h"
#include "core/support/task_control.h"

namespace dnm {

/// Exact distribution of the shortest-path lengths over all unordered node pairs.
struct PathLengths {
  std::vector<std::uint64_t> pairs_at;  ///< pairs_at[d-1]: unordered pairs at distance d; ends with the diameter
  NodeIndex node_count = 0;

  [[nodiscard]] std::uint64_t all_pairs() const;
  [[nodiscard]] std::uint64_t joined_pairs() const;
  /// L: mean over the pairs with a path; empty when there is none.
  [[nodiscard]] std::optional<double> mean() const;
  /// Share of pairs with a path, in [0, 1]; 0 for fewer than two nodes.
  [[nodiscard]] double joined_fraction() const;
  /// Mean of 1/d over all pairs, 0 where there is no path (Latora and Marchiori, Phys. Rev. Lett. 87:198701, 2001,
  /// doi:10.1103/PhysRevLett.87.198701).
  [[nodiscard]] double global_efficiency() const;
  /// Largest finite distance.
  [[nodiscard]] std::size_t diameter() const { return pairs_at.size(); }
};

/// Breadth-first search from every node, 512 sources at a time in the bits of a machine vector (after Then et al., "The
/// more the merrier", PVLDB 8:449, 2014, doi:10.14778/2735496.2735507), pushing from a small front and pulling into
/// nodes not yet reached. The widest vectors of the processor are chosen at run time. O(nodes / 512 · links · levels)
/// vector steps at worst, about 200 bytes per node and thread (ResourceError when that is too much). Parallel over
/// groups of sources (`threads` 0: all available).
[[nodiscard]] PathLengths path_lengths(const Graph& graph, unsigned threads = 0, const TaskControl& control = {});

/// The instruction sets with which this processor can run the search, widest first; "portable" is the last.
[[nodiscard]] std::span<const std::string_view> search_instruction_sets();
/// The same with one of them; throws InvalidInput for any other.
[[nodiscard]] PathLengths path_lengths_with(std::string_view instruction_set, const Graph& graph, unsigned threads = 0,
                                            const TaskControl& control = {});

}  // namespace dnm
