// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/models/integer_shares.h"
#include "core/models/model_parameters.h"

namespace dnm {

/// Distributes a neuron's synapses over its dendrites (manual: methods/model, "Synapses"). The draws of the Gaussian
/// and the uniform family are scaled to the neuron's degree before they are rounded to integers, which keeps their
/// relative sizes. Keeps its working memory between neurons.
class SynapseSharing {
 public:
  SynapseSharing(const Distribution& synapses, Border border, NodeIndex n_in);

  /// `positions`: the centre of each dendrite (g_m, not reduced to the ring); `centre`: the neuron's own position.
  /// Fills `counts` (as many as positions, at least one) with n_m >= 0 of sum `degree`. O(dendrites), the spatial
  /// families O(dendrites + degree·log dendrites).
  void draw(NodeIndex degree, std::int64_t centre, std::span<const std::int64_t> positions, Random& random,
            StopCheck& stop, std::span<NodeIndex> counts);

 private:
  void share_evenly(NodeIndex degree, Random& random, std::span<NodeIndex> counts) const;
  void share_by_draws(NodeIndex degree, Random& random, StopCheck& stop, std::span<NodeIndex> counts);
  void share_by_distance(NodeIndex degree, std::int64_t centre, std::span<const std::int64_t> positions, Random& random,
                         std::span<NodeIndex> counts);

  Family family_;
  Border border_;
  NodeIndex n_in_;
  double spread_;
  std::vector<double> weights_;
  IntegerShares integer_shares_;
};

}  // namespace dnm
