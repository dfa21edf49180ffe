// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/measures/measure.h"
#include "core/network/graph.h"
#include "core/support/task_control.h"

namespace dnm {

/// Q = Σ_c [e_c/m - (K_c/2m)²] of a given partition: e_c links inside community c, K_c the sum of its degrees (Newman
/// and Girvan, Phys. Rev. E 69:026113, 2004, doi:10.1103/PhysRevE.69.026113). `community_of` holds one non-negative
/// number per node. Throws InvalidInput for a graph without links or a partition of the wrong size. O(nodes + links).
[[nodiscard]] double modularity_of(const Graph& graph, std::span<const std::int32_t> community_of);

/// The best of several runs of a randomised maximiser, with their spread.
struct Modularity {
  double best = 0.0;
  double mean = 0.0;
  double deviation = 0.0;  ///< standard deviation over the runs (n - 1); 0 for one run
  int runs = 0;
  std::vector<std::int32_t> community_of;  ///< of the best run; numbered from 0 by first node
  std::int32_t communities = 0;            ///< in the best run, isolated nodes counted
};

/// Collects the divisions that several runs of a maximiser find.
class ModularityRuns {
 public:
  /// `community_of` must be numbered from 0 without gaps.
  void add(const Graph& graph, std::vector<std::int32_t> community_of);
  /// Over the runs so far, of which there must be one.
  [[nodiscard]] Modularity summary() const;

 private:
  std::vector<double> values_;
  Modularity best_;
};

/// Who computes Leiden. igraph's own is a second opinion: both follow the same paper and give the same distribution of
/// Q, but igraph takes two to three times as long, on one thread, and is slow to stop.
enum class LeidenEngine { own, igraph };

/// How Q is maximised.
struct ModularitySearch {
  ModularityMethod method = ModularityMethod::leiden;
  int runs = 10;
  int passes = 0;  ///< of each Leiden run, each from the division of the one before; 0: until one gains nothing
  LeidenEngine leiden = LeidenEngine::own;
  std::uint64_t seed = 0;
  unsigned threads = 0;  ///< of our own code; 0: all available
};

/// Whether it calls igraph, so that it must run on the igraph worker.
[[nodiscard]] bool calls_igraph(const ModularitySearch& search);

/// Maximises Q several times, by Leiden or by Louvain (leiden.h); the spectral method is not among them (InvalidInput,
/// see spectral_modularity.h). Run k draws from Random(seed, k); the result does not depend on the number of threads.
/// `partial`, when given, receives the state after every run. The graph must have a link (InvalidInput). About
/// O(links · passes · runs).
[[nodiscard]] Modularity maximise_modularity(const Graph& graph, const ModularitySearch& search,
                                             const TaskControl& control = {},
                                             const std::function<void(const Modularity&)>& partial = {});

}  // namespace dnm
