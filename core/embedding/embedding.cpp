// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/embedding.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/embedding/full_turn.h"
#include "core/embedding/isomap.h"
#include "core/embedding/laplacian_eigenmap.h"
#include "core/embedding/link_weights.h"
#include "core/embedding/minimum_curvilinear.h"
#include "core/embedding/partial_progress.h"
#include "core/embedding/reduced_angles.h"
#include "core/measures/power_law.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

/// The largest component as a graph of its own; `nodes` gives the node of the whole graph for each of its nodes.
Graph largest_component(const Graph& graph, const Components& components, std::vector<NodeIndex>& nodes) {
  std::vector<NodeIndex> number(graph.node_count(), 0);
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    if (components.component_of[u] != 0) continue;
    number[u] = static_cast<NodeIndex>(nodes.size());
    nodes.push_back(u);
  }
  if (components.sizes.size() == 1) return graph;
  std::vector<std::pair<NodeIndex, NodeIndex>> links;
  for (const NodeIndex u : nodes) {
    for (const NodeIndex v : graph.neighbours(u)) {
      if (u < v) links.emplace_back(number[u], number[v]);
    }
  }
  return {static_cast<NodeIndex>(nodes.size()), links};
}

/// Positions 0, 1, … of the items when sorted by `before`, equals in order of number.
template <class Before>
std::vector<NodeIndex> stable_ranks(std::size_t count, Before before) {
  std::vector<NodeIndex> order(count);
  std::iota(order.begin(), order.end(), NodeIndex{0});
  std::ranges::stable_sort(order, before);
  std::vector<NodeIndex> rank(count);
  for (NodeIndex i = 0; i < count; ++i) rank[order[i]] = i;
  return rank;
}

/// β = 1/(γ-1) with the raw fit, reliable or not; with the cap where there is none (manual: methods/embedding,
/// "Radii").
double popularity_fading(const Graph& graph, const TaskControl& control, std::string& note) {
  const std::optional<PowerLaw> fit = fit_power_law(graph, control);
  if (!fit) note += std::string(note.empty() ? "" : "; ") + "all degrees are equal: every node lies near the rim";
  const double gamma = fit && !fit->capped ? fit->gamma : PowerLaw::cap;
  return 1.0 / (gamma - 1.0);
}

/// r = max(0, 2(β ln i + (1-β) ln N)) for the node of rank i of N; ranks need not be integers.
double radius_of_rank(double rank, double count, double beta) {
  return std::max(0.0, 2.0 * (std::log(count) - beta * std::log(count / rank)));
}

std::vector<NodeIndex> degree_ranks(const Graph& graph, std::span<const NodeIndex> nodes) {
  return stable_ranks(nodes.size(),
                      [&](NodeIndex a, NodeIndex b) { return graph.degree(nodes[a]) > graph.degree(nodes[b]); });
}

ReducedAngles reduce(const WeightedGraph& weighted, Reduction reduction, const TaskControl& control, unsigned threads) {
  switch (reduction) {
    case Reduction::iso:
      return isomap(weighted, Centring::yes, threads, control);
    case Reduction::nciso:
      return isomap(weighted, Centring::no, threads, control);
    case Reduction::mce:
      return minimum_curvilinear_embedding(weighted, Centring::yes, control);
    case Reduction::ncmce:
      return minimum_curvilinear_embedding(weighted, Centring::no, control);
    case Reduction::le:
      break;
  }
  LaplacianEigenmap map = laplacian_eigenmap(weighted, control);
  const bool cut = map.eigenvalues.size() > 1 && map.eigenvalues[1] < 1e-13;
  return {std::move(map.theta), std::move(map.eigenvalues),
          cut ? "the link weights all but cut the network apart: angles between its parts mean little" : ""};
}

/// θ = 2πk/N for the node of rank k. Angles that differ by rounding alone, as those of structurally equivalent nodes
/// do, count as equal, also across the start of the circle.
void spread_evenly(std::vector<double>& theta) {
  constexpr double alike = 1e-10;
  for (double& angle : theta) {
    if (angle > full_turn - alike) angle -= full_turn;
  }
  std::vector<NodeIndex> order(theta.size());
  std::iota(order.begin(), order.end(), NodeIndex{0});
  std::ranges::sort(order, {}, [&](NodeIndex u) { return theta[u]; });
  for (auto begin = order.begin(); begin != order.end();) {
    auto end = begin + 1;
    while (end != order.end() && theta[*end] - theta[*(end - 1)] <= alike) ++end;
    std::sort(begin, end);
    begin = end;
  }
  const auto count = static_cast<double>(order.size());
  for (std::size_t k = 0; k < order.size(); ++k) theta[order[k]] = full_turn * static_cast<double>(k) / count;
}

ReducedAngles angles(const Graph& graph, const EmbeddingMethod& method, const TaskControl& control, unsigned threads) {
  const bool weights_take_long = method.weights == LinkWeights::ebc;
  const TaskControl weighing = part(control, 0.0, 0.5), reducing = part(control, weights_take_long ? 0.5 : 0.0, 1.0);
  const WeightedGraph weighted = weighted_graph(graph, method.weights, weighing, threads);
  ReducedAngles reduced = reduce(weighted, method.reduction, reducing, threads);
  if (method.adjustment == AngleAdjustment::equidistant) spread_evenly(reduced.theta);
  return reduced;
}

/// The components that are not embedded: each gets an arc in proportion to its size after the embedded one, and radii
/// as if its ranks were spread over those of the embedded component, so that isolated nodes lie on the rim.
void place_beside(const Graph& graph, const Components& components, Embedding& embedding) {
  const double nodes_in_all = graph.node_count(), embedded = components.sizes.front();
  std::vector<std::vector<NodeIndex>> members(components.sizes.size());
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    if (components.component_of[u] != 0) members[components.component_of[u]].push_back(u);
  }
  double before = embedded;
  for (std::size_t c = 1; c < members.size(); ++c) {
    const double count = components.sizes[c];
    const std::vector<NodeIndex> rank = degree_ranks(graph, members[c]);
    for (std::size_t i = 0; i < members[c].size(); ++i) {
      embedding.theta[members[c][i]] = full_turn * (before + static_cast<double>(i)) / nodes_in_all;
      embedding.radius[members[c][i]] = radius_of_rank((rank[i] + 1.0) * embedded / count, embedded, embedding.beta);
    }
    before += count;
  }
}

/// Without links: every node on the rim, evenly spaced.
void place_without_links(Embedding& embedding) {
  const auto count = static_cast<double>(embedding.theta.size());
  for (std::size_t u = 0; u < embedding.theta.size(); ++u) {
    embedding.theta[u] = full_turn * static_cast<double>(u) / count;
    embedding.radius[u] = 2.0 * std::log(count);
  }
  embedding.arc = full_turn / std::max(1.0, count);
  embedding.note =
      embedding.theta.empty() ? "the network has no nodes" : "the network has no links: nodes lie on the rim in order";
}

}  // namespace

Embedding embed(const Graph& graph, const EmbeddingMethod& method, const TaskControl& control, unsigned threads) {
  control.check();
  // Weights, operator and its two halves per link end; five blocks of eight vectors per node.
  require_memory(2 * graph.link_count() * 40 + std::uint64_t{graph.node_count()} * 400, "the embedding");
  Components components = connected_components(graph);
  Embedding embedding;
  embedding.method = embedding_method_name(method);
  embedding.layer_sizes = graph.layer_sizes();
  embedding.theta.assign(graph.node_count(), 0.0);
  embedding.radius.assign(graph.node_count(), 0.0);
  embedding.beta = 1.0 / (PowerLaw::cap - 1.0);
  if (graph.link_count() == 0) {
    place_without_links(embedding);
    embedding.component = std::move(components.component_of);
    return embedding;
  }

  std::vector<NodeIndex> nodes;
  const Graph embedded = largest_component(graph, components, nodes);
  ReducedAngles reduced = angles(embedded, method, control, threads);
  const std::vector<double>& theta = reduced.theta;
  embedding.note = std::move(reduced.note);
  embedding.eigenvalues = std::move(reduced.eigenvalues);
  embedding.beta = popularity_fading(embedded, control, embedding.note);
  const std::vector<NodeIndex> rank = degree_ranks(graph, nodes);
  const double share = static_cast<double>(nodes.size()) / graph.node_count();
  embedding.arc = full_turn * share;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    embedding.theta[nodes[i]] = theta[i] * share;
    embedding.radius[nodes[i]] = radius_of_rank(rank[i] + 1.0, static_cast<double>(nodes.size()), embedding.beta);
  }
  if (components.sizes.size() > 1) {
    place_beside(graph, components, embedding);
    embedding.note = "largest of " + std::to_string(components.sizes.size()) + " components embedded (" +
                     std::to_string(nodes.size()) + " of " + std::to_string(graph.node_count()) + " nodes)" +
                     (embedding.note.empty() ? "" : "; ") + embedding.note;
  }
  embedding.component = std::move(components.component_of);
  return embedding;
}

}  // namespace dnm
