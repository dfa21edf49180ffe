// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/dnm_synapses.h"

#include <algorithm>
#include <numeric>

#include "core/parameters/parameter_table.h"
#include "core/support/portable_math.h"

namespace dnm {

SynapseSharing::SynapseSharing(const Distribution& synapses, Border border, NodeIndex n_in)
    : family_(synapses.family),
      border_(border),
      n_in_(n_in),
      spread_(spread_or_default(model_parameter_table().at("synapses").info, synapses)) {}

void SynapseSharing::draw(NodeIndex degree, std::int64_t centre, std::span<const std::int64_t> positions,
                          Random& random, StopCheck& stop, std::span<NodeIndex> counts) {
  switch (family_) {
    case Family::fixed:
      share_evenly(degree, random, counts);
      break;
    case Family::gaussian:
    case Family::uniform:
      share_by_draws(degree, random, stop, counts);
      break;
    case Family::spatial_gaussian:
    case Family::spatial_inverse_gaussian:
      share_by_distance(degree, centre, positions, random, counts);
      break;
  }
}

void SynapseSharing::share_evenly(NodeIndex degree, Random& random, std::span<NodeIndex> counts) const {
  const auto dendrites = static_cast<NodeIndex>(counts.size());
  NodeIndex remainder = degree % dendrites;
  for (NodeIndex m = 0; m < dendrites; ++m) {
    counts[m] = degree / dendrites;
    // Selection sampling: every set of `remainder` dendrites is equally likely.
    if (remainder > 0 && random.below(dendrites - m) < remainder) {
      ++counts[m];
      --remainder;
    }
  }
}

void SynapseSharing::share_by_draws(NodeIndex degree, Random& random, StopCheck& stop, std::span<NodeIndex> counts) {
  const double mean = static_cast<double>(degree) / static_cast<double>(counts.size());
  weights_.resize(counts.size());
  if (family_ == Family::gaussian) {
    for (double& weight : weights_) weight = std::max(0.0, random.normal(mean, spread_ * mean));
  } else {
    const double low = std::max(1.0, mean * (1.0 - spread_));
    const double high = std::max(low, mean * (1.0 + spread_));
    for (double& weight : weights_) weight = random.uniform(low, high);
  }
  const double sum = std::accumulate(weights_.begin(), weights_.end(), 0.0);
  if (sum <= 0.0) {
    share_evenly(degree, random, counts);
    return;
  }
  for (double& weight : weights_) weight *= static_cast<double>(degree) / sum;
  integer_shares_.draw(weights_, 0, degree, degree, random, stop, counts);
}

void SynapseSharing::share_by_distance(NodeIndex degree, std::int64_t centre, std::span<const std::int64_t> positions,
                                       Random& random, std::span<NodeIndex> counts) {
  const auto ring = static_cast<std::int64_t>(n_in_);
  weights_.resize(counts.size());
  for (std::size_t m = 0; m < counts.size(); ++m) {
    std::int64_t distance = positions[m] < centre ? centre - positions[m] : positions[m] - centre;
    if (border_ == Border::wrap) {
      distance %= ring;
      distance = std::min(distance, ring - distance);
    }
    weights_[m] = static_cast<double>(distance);
  }
  const auto [least, most] = std::minmax_element(weights_.begin(), weights_.end());
  const double nearest_distance = *least;
  const double farthest_distance = *most;
  const double sigma = spread_ * static_cast<double>(n_in_);
  const double scale = 1.0 / (2.0 * sigma * sigma);
  double total = 0.0;
  for (double& weight : weights_) {
    // Relative to the largest weight, so that a narrow bell does not vanish; cumulated for the search below.
    double squared = weight * weight - nearest_distance * nearest_distance;
    if (family_ == Family::spatial_inverse_gaussian) {
      squared = (farthest_distance - weight) * (farthest_distance - weight);
    }
    total += portable_exp(-squared * scale);
    weight = total;
  }
  std::fill(counts.begin(), counts.end(), 0U);
  for (NodeIndex synapse = 0; synapse < degree; ++synapse) {
    const auto chosen = std::upper_bound(weights_.begin(), weights_.end() - 1, random.uniform() * total);
    ++counts[static_cast<std::size_t>(chosen - weights_.begin())];
  }
}

}  // namespace dnm
