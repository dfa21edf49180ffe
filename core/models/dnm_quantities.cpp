// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/dnm_quantities.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/models/integer_shares.h"
#include "core/models/model_parameters.h"
#include "core/parameters/parameter_table.h"
#include "core/support/portable_math.h"

namespace dnm {

namespace {

bool is_spatial(Family family) {
  return family == Family::spatial_gaussian || family == Family::spatial_inverse_gaussian;
}

/// d_j: distance of neuron j from the middle of its layer, in neurons.
double distance_from_middle(NodeIndex j, NodeIndex n_out) {
  return std::abs(static_cast<double>(j) - (static_cast<double>(n_out) - 1.0) / 2.0);
}

/// d_j / c in [0, 1]; 0 in a layer of one neuron.
double relative_distance(NodeIndex j, NodeIndex n_out) {
  return n_out == 1 ? 0.0 : distance_from_middle(j, n_out) / ((static_cast<double>(n_out) - 1.0) / 2.0);
}

/// ln of the spatial weights exp(-d²/(2σ²)) or 1-exp(-d²/(2σ²)), up to a common constant for the first, chosen so that
/// the largest weight is 1: a narrow bell in a wide layer must not vanish altogether.
std::vector<double> spatial_log_weights(Family family, double sigma, NodeIndex n_out) {
  std::vector<double> log_weights(n_out);
  const double scale = 1.0 / (2.0 * sigma * sigma);
  const double nearest_distance = n_out % 2 == 0 ? 0.5 : 0.0;
  for (NodeIndex j = 0; j < n_out; ++j) {
    const double distance = distance_from_middle(j, n_out);
    if (family == Family::spatial_gaussian) {
      log_weights[j] = -(distance * distance - nearest_distance * nearest_distance) * scale;
    } else {
      log_weights[j] = portable_log(portable_one_minus_exp(distance * distance * scale));
    }
  }
  return log_weights;
}

std::vector<NodeIndex> single_links(const Distribution& degree, double sigma, const DegreeRequest& request,
                                    Random& random) {
  std::vector<NodeIndex> degrees(request.n_out, 0);
  if (is_spatial(degree.family)) {
    const std::vector<double> log_weights = spatial_log_weights(degree.family, sigma, request.n_out);
    for (const std::uint32_t j : draw_by_weight(log_weights, request.links, random)) degrees[j] = 1;
  } else {
    for (const std::uint64_t j : random.sample(request.n_out, request.links)) degrees[j] = 1;
  }
  return degrees;
}

}  // namespace

std::vector<NodeIndex> draw_even_degrees(NodeIndex n_out, std::uint64_t links, Random& random) {
  std::vector<NodeIndex> degrees(n_out, static_cast<NodeIndex>(links / n_out));
  const auto larger = static_cast<std::ptrdiff_t>(links % n_out);
  std::for_each(degrees.begin(), degrees.begin() + larger, [](NodeIndex& k) { ++k; });
  random.shuffle(std::span(degrees));
  return degrees;
}

std::vector<NodeIndex> draw_degrees(const Distribution& degree, const DegreeRequest& request, Random& random,
                                    const TaskControl& control) {
  const double spread = spread_or_default(model_parameter_table().at("degree").info, degree);
  const double mean = request.mean_degree;
  const double sigma = spread * mean;  // of the spatial families, in neurons
  if (request.links < request.n_out) return single_links(degree, sigma, request, random);

  std::vector<double> shares(request.n_out);
  switch (degree.family) {
    case Family::fixed:
      return draw_even_degrees(request.n_out, request.links, random);
    case Family::gaussian:
      // Independent draws are in random order already: nothing to shuffle here and below.
      for (double& share : shares) share = random.normal(mean, spread);
      break;
    case Family::uniform:
      for (double& share : shares) share = random.uniform(mean - spread * mean, mean + spread * mean);
      break;
    case Family::spatial_gaussian:
    case Family::spatial_inverse_gaussian: {
      shares = spatial_log_weights(degree.family, sigma, request.n_out);
      for (double& share : shares) share = portable_exp(share);
      const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
      const double scale = sum > 0.0 ? static_cast<double>(request.links) / sum : 0.0;
      for (double& share : shares) share *= scale;
      break;
    }
  }
  std::vector<NodeIndex> degrees(request.n_out);
  StopCheck stop(control);
  IntegerShares().draw(shares, 1, request.n_in, request.links, random, stop, degrees);
  return degrees;
}

std::vector<double> draw_receptive_fields(const Distribution& receptive_field, NodeIndex n_out, Random& random) {
  const double spread = spread_or_default(model_parameter_table().at("receptive-field").info, receptive_field);
  const double mean = receptive_field.mean;
  std::vector<double> alpha(n_out, mean);
  for (NodeIndex j = 0; j < n_out; ++j) {
    switch (receptive_field.family) {
      case Family::fixed:
        break;
      case Family::gaussian:
        alpha[j] = random.normal(mean, spread);
        break;
      case Family::uniform:
        alpha[j] = random.uniform(mean - spread, mean + spread);
        break;
      case Family::spatial_gaussian:
        alpha[j] = random.normal(1.0 - relative_distance(j, n_out), spread);
        break;
      case Family::spatial_inverse_gaussian:
        alpha[j] = random.normal(mean * relative_distance(j, n_out), spread);
        break;
    }
    alpha[j] = std::clamp(alpha[j], 0.0, 1.0);
  }
  return alpha;
}

std::vector<NodeIndex> draw_dendrite_counts(const Distribution& dendrites, std::span<const NodeIndex> degrees,
                                            Random& random) {
  const double spread = spread_or_default(model_parameter_table().at("dendrites").info, dendrites);
  const auto n_out = static_cast<NodeIndex>(degrees.size());
  std::vector<double> wanted(n_out, dendrites.mean);
  switch (dendrites.family) {
    case Family::fixed:
      break;
    case Family::gaussian:
      for (double& count : wanted) count = random.normal(dendrites.mean, spread);
      break;
    case Family::uniform:
      for (double& count : wanted) count = random.uniform(dendrites.mean - spread, dendrites.mean + spread);
      break;
    case Family::spatial_gaussian:
    case Family::spatial_inverse_gaussian: {
      const double sigma = spread * static_cast<double>(n_out);
      if (dendrites.family == Family::spatial_gaussian) {
        wanted = spatial_log_weights(Family::spatial_gaussian, sigma, n_out);
        for (double& weight : wanted) weight = portable_exp(weight);
      } else {
        for (NodeIndex j = 0; j < n_out; ++j) {
          const double distance = distance_from_middle(j, n_out);
          wanted[j] = 1.0 - 0.9 * portable_exp(-distance * distance / (2.0 * sigma * sigma));
        }
      }
      const double mean_weight = std::accumulate(wanted.begin(), wanted.end(), 0.0) / static_cast<double>(n_out);
      for (double& weight : wanted) weight *= dendrites.mean / mean_weight;
      break;
    }
  }
  std::vector<NodeIndex> counts(n_out, 0);
  for (NodeIndex j = 0; j < n_out; ++j) {
    if (degrees[j] == 0) continue;
    const double rounded = round_half_even(std::clamp(wanted[j], 0.0, 4294967295.0));
    counts[j] = static_cast<NodeIndex>(std::clamp(rounded, 1.0, static_cast<double>(degrees[j])));
  }
  return counts;
}

}  // namespace dnm
