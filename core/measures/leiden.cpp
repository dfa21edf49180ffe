// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/leiden.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <string>
#include <utility>

#include "core/support/error.h"
#include "core/support/portable_math.h"

namespace dnm {

namespace {

constexpr std::uint64_t most_links = std::uint64_t{1} << 30;
/// Randomness of the refinement, in links: parts whose gains differ by less are chosen between at random.
constexpr double beta = 0.01;
constexpr double negligible = -40.0;  ///< e to this is nothing beside 1
/// Links are listed one by one where there is less than one of them for so many pairs of parts.
constexpr std::uint64_t pairs_per_link = 4;
constexpr std::uint64_t links_between_looks = std::uint64_t{1} << 20;

/// The neighbours of each node, and how many links lead to them.
struct NeighbourLists {
  std::span<const std::uint64_t> begin;
  std::span<const NodeIndex> neighbours;  ///< one may stand several times in a list
  std::span<const std::uint32_t> links;   ///< for each neighbour, how many; empty: one

  [[nodiscard]] std::uint64_t length(NodeIndex node) const { return begin[node + 1] - begin[node]; }
  [[nodiscard]] std::span<const NodeIndex> neighbours_of(NodeIndex node) const {
    return neighbours.subspan(begin[node], length(node));
  }
  /// Empty: one.
  [[nodiscard]] std::span<const std::uint32_t> links_of(NodeIndex node) const {
    return links.empty() ? links : links.subspan(begin[node], length(node));
  }
};

/// A graph whose nodes stand for parts of the original one. Links inside a part are left out: they move with it.
struct LevelGraph : NeighbourLists {
  std::vector<std::int64_t> degree;  ///< link ends in the original graph, those inside the part included

  [[nodiscard]] NodeIndex size() const { return static_cast<NodeIndex>(degree.size()); }
};

/// The memory of lists.
struct ListStore {
  std::vector<std::uint64_t> begin;
  std::vector<NodeIndex> neighbours;
  std::vector<std::uint32_t> links;

  [[nodiscard]] NeighbourLists lists() const { return {begin, neighbours, links}; }
};

/// Sums of links by group, of the groups that were met since the last clear().
class GroupSums {
 public:
  void resize(std::size_t groups) {
    sum_.assign(groups, 0);
    met_.resize(groups + 1);
  }
  /// Adds the links of a node to the groups of its neighbours.
  void add(const NeighbourLists& lists, NodeIndex node, const std::vector<NodeIndex>& group_of) {
    const std::span<const NodeIndex> neighbours = lists.neighbours_of(node);
    const std::span<const std::uint32_t> links = lists.links_of(node);
    std::size_t count = count_;
    const auto add_links = [&](NodeIndex group, std::uint32_t more) {
      met_[count] = group;  // overwritten by the next one when it was met before
      count += sum_[group] == 0 ? 1U : 0U;
      sum_[group] += more;
    };
    if (links.empty()) {
      for (const NodeIndex neighbour : neighbours) add_links(group_of[neighbour], 1);
    } else {
      for (std::size_t i = 0; i < neighbours.size(); ++i) add_links(group_of[neighbours[i]], links[i]);
    }
    count_ = count;
  }
  [[nodiscard]] std::int64_t of(NodeIndex group) const { return sum_[group]; }
  [[nodiscard]] std::span<const NodeIndex> met() const { return {met_.data(), count_}; }
  void clear() {
    for (const NodeIndex group : met()) sum_[group] = 0;
    count_ = 0;
  }

 private:
  std::vector<std::uint32_t> sum_;
  std::vector<NodeIndex> met_;
  std::size_t count_ = 0;
};

/// Numbers the groups 0, 1, … in the order of their first members; returns how many there are.
NodeIndex renumber(std::vector<NodeIndex>& group_of) {
  constexpr NodeIndex none = ~NodeIndex{0};
  std::vector<NodeIndex> number(group_of.size(), none);
  NodeIndex count = 0;
  for (NodeIndex& group : group_of) {
    NodeIndex& own = number[group];
    if (own == none) own = count++;
    group = own;
  }
  return count;
}

/// The members of each group one after the other, in the order of `members`.
struct Grouped {
  std::vector<NodeIndex> begin;
  std::vector<NodeIndex> member;
};
Grouped grouped(std::span<const NodeIndex> members, const std::vector<NodeIndex>& group_of, NodeIndex groups) {
  Grouped made{std::vector<NodeIndex>(std::size_t{groups} + 1, 0), std::vector<NodeIndex>(members.size())};
  for (const NodeIndex member : members) ++made.begin[group_of[member] + 1];
  std::partial_sum(made.begin.begin(), made.begin.end(), made.begin.begin());
  std::vector<NodeIndex> next(made.begin.begin(), made.begin.end() - 1);
  for (const NodeIndex member : members) made.member[next[group_of[member]]++] = member;
  return made;
}

class Division {
 public:
  Division(const Graph& graph, Random& random, const TaskControl& control)
      : graph_(graph), ends_(static_cast<std::int64_t>(2 * graph.link_count())), random_(random), control_(control) {
    membership_.resize(graph.node_count());
    std::iota(membership_.begin(), membership_.end(), NodeIndex{0});
  }

  /// Improves the division; returns whether it has. With `refine` communities are divided into parts before they become
  /// nodes (Leiden), without they become nodes whole (Louvain).
  bool pass(bool refine) {
    LevelGraph level{{graph_.offsets(), graph_.adjacency(), {}}, std::vector<std::int64_t>(graph_.node_count())};
    for (NodeIndex node = 0; node < graph_.node_count(); ++node) level.degree[node] = graph_.degree(node);
    std::vector<NodeIndex> place(graph_.node_count());  // the node of the level that a node is part of
    std::iota(place.begin(), place.end(), NodeIndex{0});
    std::vector<NodeIndex> community_of = membership_;
    bool gained = false;
    for (ListStore store, before;; std::swap(store, before)) {
      gained |= move_nodes(level, community_of);
      const NodeIndex communities = renumber(community_of);
      for (std::size_t node = 0; node < place.size(); ++node) membership_[node] = community_of[place[node]];
      if (communities == level.size()) return gained;
      std::vector<NodeIndex> part_of = refine ? refined(level, community_of, communities) : community_of;
      NodeIndex parts = renumber(part_of);
      if (parts == level.size()) {
        part_of = community_of;
        parts = communities;
      }
      std::vector<NodeIndex> next(parts);
      for (NodeIndex node = 0; node < level.size(); ++node) next[part_of[node]] = community_of[node];
      community_of = std::move(next);
      for (NodeIndex& at : place) at = part_of[at];
      level = aggregated(level, part_of, parts, store);
    }
  }

  [[nodiscard]] std::vector<std::int32_t> membership() const { return {membership_.begin(), membership_.end()}; }

 private:
  /// To be called for every node before its links are read: looks for a stop from time to time.
  void look(const LevelGraph& level, NodeIndex node) {
    seen_ += 1 + level.length(node);
    if (seen_ < links_between_looks) return;
    seen_ = 0;
    control_.check();
  }
  [[nodiscard]] std::vector<NodeIndex> shuffled(NodeIndex count) {
    std::vector<NodeIndex> order(count);
    std::iota(order.begin(), order.end(), NodeIndex{0});
    random_.shuffle(std::span(order));
    return order;
  }

  /// Moves single nodes while that raises Q. The gain of joining community c is e_c/m - k·K_c/2m², here times 2m², with
  /// e_c links to it and K_c its link ends.
  bool move_nodes(const LevelGraph& level, std::vector<NodeIndex>& community_of) {
    const NodeIndex size = level.size();
    std::vector<std::int64_t> total(size, 0);
    std::vector<NodeIndex> members(size, 0), empty;
    for (NodeIndex node = 0; node < size; ++node) {
      total[community_of[node]] += level.degree[node];
      ++members[community_of[node]];
    }
    for (NodeIndex community = size; community-- > 0;) {
      if (members[community] == 0) empty.push_back(community);
    }
    std::vector<NodeIndex> queue = shuffled(size);
    std::vector<char> queued(size, 1);
    sums_.resize(size);
    bool gained = false;
    NodeIndex first = 0;
    for (NodeIndex waiting = size; waiting > 0;) {
      const NodeIndex node = queue[first];
      look(level, node);
      first = first + 1 == size ? 0 : first + 1;
      --waiting;
      queued[node] = 0;
      const NodeIndex own = community_of[node];
      const std::int64_t degree = level.degree[node];
      sums_.add(level, node, community_of);
      NodeIndex best = own;
      const std::int64_t gain_of_staying = sums_.of(own) * ends_ - degree * (total[own] - degree);
      std::int64_t best_gain = gain_of_staying;
      if (best_gain < 0 && members[own] > 1) {
        best = empty.back();  // there is one, since two nodes share a community
        best_gain = 0;
      }
      for (const NodeIndex community : sums_.met()) {
        if (community == own) continue;
        const std::int64_t gain = sums_.of(community) * ends_ - degree * total[community];
        if (gain > best_gain) {
          best = community;
          best_gain = gain;
        }
      }
      sums_.clear();
      if (best == own) continue;
      gained = true;
      if (members[best] == 0) empty.pop_back();
      total[own] -= degree;
      if (--members[own] == 0) empty.push_back(own);
      total[best] += degree;
      ++members[best];
      community_of[node] = best;
      for (const NodeIndex other : level.neighbours_of(node)) {
        if (queued[other] != 0 || community_of[other] == best) continue;
        queued[other] = 1;
        const std::uint64_t place = std::uint64_t{first} + waiting++;
        queue[place < size ? place : place - size] = other;
      }
    }
    return gained;
  }

  /// Puts the neighbours of each node in its own community into `inside_`; returns the links to them.
  std::vector<std::int64_t> list_inside(const LevelGraph& level, const std::vector<NodeIndex>& community_of) {
    const NodeIndex size = level.size();
    const bool is_weighted = !level.links.empty();
    // One more, because every neighbour is written and only those that count are kept: a branch would be guessed wrong
    // every other time.
    inside_.neighbours.resize(level.neighbours.size() + 1);
    inside_.links.resize(is_weighted ? inside_.neighbours.size() : 0);
    inside_.begin.assign(1, 0);
    std::vector<std::int64_t> sum(size, 0);
    NodeIndex* kept = inside_.neighbours.data();
    std::uint32_t* kept_links = inside_.links.data();
    for (NodeIndex node = 0; node < size; ++node) {
      look(level, node);
      const NodeIndex own = community_of[node];
      const NodeIndex* const before = kept;
      const std::span<const NodeIndex> neighbours = level.neighbours_of(node);
      if (is_weighted) {
        const std::span<const std::uint32_t> links = level.links_of(node);
        std::int64_t inside = 0;
        for (std::size_t i = 0; i < neighbours.size(); ++i) {
          const bool is_inside = community_of[neighbours[i]] == own;
          *kept = neighbours[i];
          *kept_links = links[i];
          kept += is_inside ? 1 : 0;
          kept_links += is_inside ? 1 : 0;
          inside += is_inside ? links[i] : 0;
        }
        sum[node] = inside;
      } else {
        for (const NodeIndex neighbour : neighbours) {
          *kept = neighbour;
          kept += community_of[neighbour] == own ? 1 : 0;
        }
        sum[node] = kept - before;
      }
      inside_.begin.push_back(static_cast<std::uint64_t>(kept - inside_.neighbours.data()));
    }
    return sum;
  }

  /// Divides every community into parts that are well connected to the rest of it: single nodes join a part at random,
  /// the more likely the more that gains.
  std::vector<NodeIndex> refined(const LevelGraph& level, const std::vector<NodeIndex>& community_of,
                                 NodeIndex communities) {
    const NodeIndex size = level.size();
    std::vector<std::int64_t> of_community(communities, 0);
    for (NodeIndex node = 0; node < size; ++node) of_community[community_of[node]] += level.degree[node];
    std::vector<NodeIndex> part_of(size);
    std::iota(part_of.begin(), part_of.end(), NodeIndex{0});
    std::vector<std::int64_t> total = level.degree;
    std::vector<NodeIndex> members(size, 1);
    std::vector<std::int64_t> outside = list_inside(level, community_of);  // links of a part to the rest of it
    const NeighbourLists inside = inside_.lists();
    const auto is_well_connected = [&](NodeIndex part, std::int64_t whole) {
      return outside[part] * ends_ >= total[part] * (whole - total[part]);
    };
    const double scale = 1.0 / (beta * static_cast<double>(ends_));
    sums_.resize(size);
    std::vector<std::pair<NodeIndex, std::int64_t>> choices;
    std::vector<double> sum;
    for (const NodeIndex node : grouped(shuffled(size), community_of, communities).member) {
      look(level, node);
      const std::int64_t whole = of_community[community_of[node]];
      const NodeIndex own = part_of[node];
      if (members[own] != 1 || !is_well_connected(own, whole)) continue;
      sums_.add(inside, node, part_of);
      choices.assign(1, {own, 0});
      std::int64_t greatest = 0;
      for (const NodeIndex part : sums_.met()) {
        if (!is_well_connected(part, whole)) continue;
        const std::int64_t gain = sums_.of(part) * ends_ - level.degree[node] * total[part];
        if (gain < 0) continue;
        choices.emplace_back(part, gain);
        greatest = std::max(greatest, gain);
      }
      sum.clear();
      double so_far = 0.0;
      for (const auto& [part, gain] : choices) {
        const double behind = static_cast<double>(gain - greatest) * scale;
        if (behind > negligible) so_far += behind == 0.0 ? 1.0 : portable_exp(behind);
        sum.push_back(so_far);
      }
      const auto at = std::upper_bound(sum.begin(), sum.end() - 1, random_.uniform() * so_far) - sum.begin();
      const NodeIndex chosen = choices[static_cast<std::size_t>(at)].first;
      if (chosen != own) {
        part_of[node] = chosen;
        total[chosen] += level.degree[node];
        outside[chosen] += outside[own] - 2 * sums_.of(chosen);
        ++members[chosen];
        members[own] = 0;
      }
      sums_.clear();
    }
    return part_of;
  }

  /// The graph of the parts; its arrays are kept in `store`. Where few links join the same two parts, they are listed
  /// one by one, which is faster than to add them up.
  LevelGraph aggregated(const LevelGraph& level, const std::vector<NodeIndex>& part_of, NodeIndex parts,
                        ListStore& store) {
    std::vector<NodeIndex> all(level.size());
    std::iota(all.begin(), all.end(), NodeIndex{0});
    const Grouped group = grouped(all, part_of, parts);
    LevelGraph made;
    made.degree.assign(parts, 0);
    store.begin.assign(1, 0);
    store.links.clear();
    const bool one_by_one =
        level.links.empty() && std::uint64_t{parts} * parts > pairs_per_link * level.neighbours.size();
    std::uint64_t count = 0;
    store.neighbours.resize(one_by_one ? level.neighbours.size() + 1 : 0);  // one more: see list_inside()
    sums_.resize(parts);
    for (NodeIndex part = 0; part < parts; ++part) {
      for (NodeIndex i = group.begin[part]; i < group.begin[part + 1]; ++i) {
        const NodeIndex node = group.member[i];
        look(level, node);
        made.degree[part] += level.degree[node];
        if (one_by_one) {
          for (const NodeIndex neighbour : level.neighbours_of(node)) {
            const NodeIndex other = part_of[neighbour];
            store.neighbours[count] = other;
            count += other != part ? 1U : 0U;
          }
          continue;
        }
        sums_.add(level, node, part_of);
      }
      for (const NodeIndex other : sums_.met()) {
        if (other == part) continue;
        store.neighbours.push_back(other);
        store.links.push_back(static_cast<std::uint32_t>(sums_.of(other)));
      }
      sums_.clear();
      store.begin.push_back(one_by_one ? count : store.neighbours.size());
    }
    if (one_by_one) store.neighbours.resize(count);
    static_cast<NeighbourLists&>(made) = store.lists();
    return made;
  }

  const Graph& graph_;
  std::int64_t ends_;  ///< 2m
  Random& random_;
  const TaskControl& control_;
  std::vector<NodeIndex> membership_;
  GroupSums sums_;
  ListStore inside_;        ///< see list_inside()
  std::uint64_t seen_ = 0;  ///< links since the last look for a stop
};

void check_links(const Graph& graph) {
  if (graph.link_count() == 0) throw InvalidInput("modularity is not defined for a network without links");
  if (graph.link_count() > most_links)
    throw InvalidInput("modularity takes at most 2^30 links here; choose Leiden by igraph (--leiden-engine igraph)");
}

}  // namespace

std::vector<std::int32_t> leiden_communities(const Graph& graph, int passes, Random& random,
                                             const TaskControl& control) {
  check_links(graph);
  if (passes < 0) throw InvalidInput("Leiden cannot make " + std::to_string(passes) + " passes; 0 makes all it needs");
  Division division(graph, random, control);
  for (int pass = 0; passes == 0 || pass < passes; ++pass) {
    control.check();
    if (!division.pass(true)) break;
  }
  return division.membership();
}

std::vector<std::int32_t> louvain_communities(const Graph& graph, Random& random, const TaskControl& control) {
  check_links(graph);
  Division division(graph, random, control);
  static_cast<void>(division.pass(false));
  return division.membership();
}

std::uint64_t leiden_bytes(const Graph& graph) {
  // Two graphs of parts, of which the first may have nearly all links, both ways; and a dozen numbers a node.
  return 32 * graph.link_count() + 96 * std::uint64_t{graph.node_count()};
}

}  // namespace dnm
