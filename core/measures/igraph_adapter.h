// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/network/graph.h"
#include "core/support/task_control.h"

namespace dnm {

/// The only access to igraph, which is not thread-safe as Debian builds it: all calls run on one thread (IgraphWorker),
/// one after the other. Every call installs its own error handler (an igraph error becomes NumericalError), its own
/// interruption handler (a stop ends igraph's work at its next check) and its own generator, and restores the previous
/// ones. A stop throws Cancelled at once: igraph checks for it only occasionally (up to half a second apart at three
/// million links), and callers do not wait for that.
class IgraphGraph {
 public:
  /// Copies the graph into igraph's own structure. O(nodes + links).
  IgraphGraph(const Graph& graph, const TaskControl& control);
  ~IgraphGraph();
  IgraphGraph(const IgraphGraph&) = delete;
  IgraphGraph& operator=(const IgraphGraph&) = delete;
  IgraphGraph(IgraphGraph&&) = delete;
  IgraphGraph& operator=(IgraphGraph&&) = delete;

  struct PathLength {
    double mean = 0.0;                 ///< NaN when no pair is joined
    std::uint64_t unjoined_pairs = 0;  ///< unordered pairs without a path
  };
  /// igraph_average_path_length, undirected, without the pairs that no path joins. O(nodes · links).
  [[nodiscard]] PathLength average_path_length(const TaskControl& control) const;

  struct Partition {
    std::vector<std::int32_t> community_of;  ///< one number per node, from 0
    std::int32_t communities = 0;
  };
  /// igraph_community_leiden for modularity: node weights = degree, resolution 1/(2m), beta 0.01, from single nodes;
  /// each pass (igraph's iteration) starts from the division of the one before. `passes` 0: until one gains nothing.
  /// The graph must have a link. (manual: methods/measures, "Modularity")
  [[nodiscard]] Partition leiden(std::uint64_t seed, int passes, const TaskControl& control) const;

 private:
  struct Handle;
  std::shared_ptr<Handle> handle_;
};

/// igraph_power_law_fit (plfit, discrete, x_min by Kolmogorov-Smirnov).
struct IgraphPowerLaw {
  double gamma = 0.0;
  double x_min = 0.0;
  double ks_distance = 0.0;
};
/// `degrees` must all be positive and not all equal.
[[nodiscard]] IgraphPowerLaw igraph_power_law(std::span<const NodeIndex> degrees, const TaskControl& control);

}  // namespace dnm
