// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embedding/spanning_tree.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace dnm {
namespace {

struct Link {
  double weight;
  NodeIndex u, v;  ///< u < v
};

/// The nodes joined by the links chosen so far: a union-find forest with path halving.
class JoinedNodes {
 public:
  explicit JoinedNodes(NodeIndex count) : above_(count) { std::iota(above_.begin(), above_.end(), NodeIndex{0}); }

  [[nodiscard]] NodeIndex group(NodeIndex node) {
    while (above_[node] != node) node = above_[node] = above_[above_[node]];
    return node;
  }
  /// False when they were joined already.
  bool join(NodeIndex u, NodeIndex v) {
    const NodeIndex a = group(u), b = group(v);
    above_[std::max(a, b)] = std::min(a, b);
    return a != b;
  }

 private:
  std::vector<NodeIndex> above_;
};

/// The links from the lightest to the heaviest.
std::vector<Link> sorted_links(const WeightedGraph& graph, const TaskControl& control) {
  std::vector<Link> links;
  links.reserve(graph.neighbours.size() / 2);
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    for (std::uint64_t k = graph.begin[u]; k < graph.begin[u + 1]; ++k) {
      if (u < graph.neighbours[k]) links.push_back({graph.weights[k], u, graph.neighbours[k]});
    }
  }
  std::uint64_t comparisons = 0;
  std::ranges::sort(links, [&](const Link& a, const Link& b) {
    if ((++comparisons & 0xFFFFFU) == 0) control.check();
    return std::tie(a.weight, a.u, a.v) < std::tie(b.weight, b.u, b.v);
  });
  return links;
}

/// The end of the run of equal weights that begins at `begin`.
std::size_t end_of_equals(std::span<const Link> links, std::size_t begin) {
  constexpr double tolerance = 1e-10;
  std::size_t end = begin + 1;
  while (end < links.size() && links[end].weight <= links[end - 1].weight * (1.0 + tolerance)) ++end;
  return end;
}

/// Roots the tree at node 0.
void hang_up(std::span<const Link> links, SpanningTree& tree) {
  const std::size_t n = tree.parent.size();
  std::vector<std::size_t> begin(n + 1, 0);
  for (const Link& link : links) ++begin[link.u + 1], ++begin[link.v + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::pair<NodeIndex, double>> ends(2 * links.size());
  std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
  for (const Link& link : links) {
    ends[next[link.u]++] = {link.v, link.weight};
    ends[next[link.v]++] = {link.u, link.weight};
  }
  tree.order.push_back(0);
  for (std::size_t head = 0; head < tree.order.size(); ++head) {
    const NodeIndex u = tree.order[head];
    for (std::size_t k = begin[u]; k < begin[u + 1]; ++k) {
      const auto [v, length] = ends[k];
      if (v == tree.parent[u]) continue;
      tree.parent[v] = u;
      tree.length[v] = length;
      tree.order.push_back(v);
    }
  }
}

}  // namespace

SpanningTree minimum_spanning_tree(const WeightedGraph& graph, const TaskControl& control) {
  const NodeIndex n = graph.node_count();
  SpanningTree tree{{}, std::vector<NodeIndex>(n, 0), std::vector<double>(n, 0.0), true};
  std::vector<Link> links = sorted_links(graph, control);
  std::vector<Link> chosen;
  JoinedNodes joined(n);
  std::vector<Link> could_join;
  for (std::size_t begin = 0; begin < links.size();) {
    control.check();
    const std::size_t end = end_of_equals(links, begin);
    const std::span equals = std::span(links).subspan(begin, end - begin);
    std::ranges::sort(equals, {}, [](const Link& link) { return std::pair(link.u, link.v); });
    // The tree is unique when no link is rejected in favour of an equal one.
    could_join.clear();
    std::ranges::copy_if(equals, std::back_inserter(could_join),
                         [&](const Link& link) { return joined.group(link.u) != joined.group(link.v); });
    for (const Link& link : could_join) {
      if (joined.join(link.u, link.v)) {
        chosen.push_back(link);
      } else {
        tree.unique = false;
      }
    }
    begin = end;
  }
  hang_up(chosen, tree);
  return tree;
}

void multiply_tree_distances(const SpanningTree& tree, DistancePower power, std::span<const double> values,
                             std::span<double> result) {
  // Moments about a node: Σ x, Σ x d, Σ x d². Moving to a node at distance w turns d into d + w.
  struct Moments {
    double zeroth = 0.0, first = 0.0, second = 0.0;
    [[nodiscard]] Moments moved(double w) const {
      return {zeroth, first + w * zeroth, second + w * (2.0 * first + w * zeroth)};
    }
    void add(const Moments& other, double sign) {
      zeroth += sign * other.zeroth;
      first += sign * other.first;
      second += sign * other.second;
    }
  };
  // First of the subtree of a node, then of the whole tree.
  std::vector<Moments> about(tree.parent.size());
  for (std::size_t u = 0; u < about.size(); ++u) about[u].zeroth = values[u];
  for (std::size_t i = tree.order.size(); i-- > 1;) {
    const NodeIndex u = tree.order[i];
    about[tree.parent[u]].add(about[u].moved(tree.length[u]), 1.0);
  }
  for (std::size_t i = 1; i < tree.order.size(); ++i) {
    const NodeIndex u = tree.order[i];
    Moments rest = about[tree.parent[u]];
    rest.add(about[u].moved(tree.length[u]), -1.0);
    about[u].add(rest.moved(tree.length[u]), 1.0);
  }
  for (std::size_t u = 0; u < about.size(); ++u) {
    result[u] = power == DistancePower::one ? about[u].first : about[u].second;
  }
}

}  // namespace dnm
