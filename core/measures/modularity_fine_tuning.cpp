// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <functional>
#include <optional>

#include "core/measures/modularity_group.h"

namespace dnm {

namespace {

/// One node in so many leaves its ties, to one side of them.
constexpr std::uint64_t ties_per_escape = 50;
constexpr std::size_t steps_between_looks = 64;
constexpr NodeIndex none = 0xFFFFFFFFU;

/// With s_i = ±1 the side of node i, b_i = s_i Σ_{neighbours in the group} s_j its balance and D = Σ k_j s_j, moving i
/// adds 4 G_i to 2m Σ_ij B_ij s_i s_j, where G_i = s_i k_i D - k_i² - 2m b_i. All are integers. Nodes of the same
/// degree, side and rank among ties (a "class") differ only in b_i, so that the best of a class is the one of smallest
/// balance.
class FineTuning {
 public:
  FineTuning(const ModularityGroup& group, const Sides& sides, Random& random)
      : group_(group), sides_(sides), class_of_(group.size()), next_(group.size()), previous_(group.size()) {
    balance_.assign(group.size(), 0);
    moved_.assign(group.size(), false);
    for (std::size_t i = 0; i < group.size(); ++i) {
      difference_ += group.degree[i] * sides[i];
      for (const NodeIndex other : group.neighbours(i)) balance_[i] += sides[i] == sides[other] ? 1 : -1;
    }
    make_classes(random);
    for (NodeIndex i = 0; i < group.size(); ++i) insert(i);
  }

  Sides run(std::int64_t gain, const TaskControl& control) {
    std::vector<NodeIndex> moves;
    std::vector<NodeIndex> tied;
    std::size_t best_length = 0;
    std::int64_t best_gain = gain;
    const Sides start = sides_;
    for (std::size_t step = 0, open = group_.size(); open > 0; ++step) {
      if (step % steps_between_looks == 0) control.check();
      const Best best = find_best();
      collect_ties(best, tied);
      for (const NodeIndex node : tied) {
        open -= moved_[node] ? 0U : 1U;
        move(node);
      }
      moves.insert(moves.end(), tied.begin(), tied.end());
      gain += 4 * best.gain;
      if (gain > best_gain) {
        best_gain = gain;
        best_length = moves.size();
      } else if (moves.size() - best_length > 2 * group_.size()) {
        shorten(moves, best_length);
      }
    }
    Sides result = start;
    for (std::size_t i = 0; i < best_length; ++i) result[moves[i]] = static_cast<std::int8_t>(-result[moves[i]]);
    return result;
  }

 private:
  struct Class {
    std::int64_t degree = 0;
    std::int64_t side = 0;
    int rank = 0;                ///< among nodes of equal gain the highest rank moves first
    std::int64_t reach = 0;      ///< balances lie in [-reach, reach]
    std::size_t first = 0;       ///< its first bucket
    std::int64_t least = 0;      ///< no open node has a smaller balance
    std::size_t open_nodes = 0;  ///< not yet moved
  };
  struct Best {
    std::int64_t gain;
    int rank;
  };

  /// Six classes for each distinct degree: two sides by three ranks.
  void make_classes(Random& random) {
    std::vector<std::int64_t> degrees = group_.degree;
    std::sort(degrees.begin(), degrees.end());
    degrees.erase(std::unique(degrees.begin(), degrees.end()), degrees.end());
    std::vector<std::int64_t> reach(degrees.size(), 0);
    for (std::size_t i = 0; i < group_.size(); ++i) {
      const std::size_t place = place_of(degrees, group_.degree[i]);
      reach[place] = std::max(reach[place], static_cast<std::int64_t>(group_.neighbours(i).size()));
      class_of_[i] = 6 * place + 2 * draw_rank(random) + (sides_[i] > 0 ? 1 : 0);
    }
    std::size_t buckets = 0;
    for (std::size_t place = 0; place < degrees.size(); ++place) {
      for (int rank = 0; rank < 3; ++rank) {
        for (const std::int64_t side : {-1, 1}) {
          classes_.push_back({degrees[place], side, rank, reach[place], buckets, reach[place], 0});
          buckets += static_cast<std::size_t>(2 * reach[place] + 1);
        }
      }
    }
    open_.assign(buckets, none);
    closed_.assign(buckets, none);
  }
  static std::size_t place_of(const std::vector<std::int64_t>& degrees, std::int64_t degree) {
    return static_cast<std::size_t>(std::lower_bound(degrees.begin(), degrees.end(), degree) - degrees.begin());
  }
  static std::size_t draw_rank(Random& random) {
    const std::uint64_t drawn = random.below(2 * ties_per_escape);
    return drawn > 1 ? 1 : 2 * drawn;
  }

  [[nodiscard]] static std::size_t bucket(const Class& own, std::int64_t balance) {
    return own.first + static_cast<std::size_t>(balance + own.reach);
  }
  NodeIndex& head_of(NodeIndex node) {
    const Class& own = classes_[class_of_[node]];
    return (moved_[node] ? closed_ : open_)[bucket(own, balance_[node])];
  }
  void insert(NodeIndex node) {
    NodeIndex& head = head_of(node);
    next_[node] = head;
    previous_[node] = none;
    if (head != none) previous_[head] = node;
    head = node;
    if (moved_[node]) return;
    Class& own = classes_[class_of_[node]];
    ++own.open_nodes;
    own.least = std::min(own.least, balance_[node]);
  }
  void remove(NodeIndex node) {
    if (!moved_[node]) --classes_[class_of_[node]].open_nodes;
    if (next_[node] != none) previous_[next_[node]] = previous_[node];
    (previous_[node] != none ? next_[previous_[node]] : head_of(node)) = next_[node];
  }

  /// G without the balance term.
  [[nodiscard]] std::int64_t offset(const Class& own) const {
    return own.side * own.degree * difference_ - own.degree * own.degree;
  }

  Best find_best() {
    std::optional<Best> best;
    for (Class& own : classes_) {
      if (own.open_nodes == 0) continue;
      while (open_[bucket(own, own.least)] == none) ++own.least;
      const std::int64_t gain = offset(own) - group_.ends * own.least;
      if (!best || gain > best->gain || (gain == best->gain && own.rank > best->rank)) best = Best{gain, own.rank};
    }
    return best.value();
  }

  void collect_ties(const Best& best, std::vector<NodeIndex>& tied) const {
    tied.clear();
    for (const Class& own : classes_) {
      if (own.rank != best.rank) continue;
      const std::int64_t rest = offset(own) - best.gain;
      const std::int64_t balance = rest / group_.ends;
      if (balance * group_.ends != rest || balance < -own.reach || balance > own.reach) continue;
      for (const auto& heads : {std::cref(open_), std::cref(closed_)}) {
        for (NodeIndex node = heads.get()[bucket(own, balance)]; node != none; node = next_[node]) tied.push_back(node);
      }
    }
  }

  void move(NodeIndex node) {
    remove(node);
    sides_[node] = static_cast<std::int8_t>(-sides_[node]);
    difference_ += 2 * group_.degree[node] * sides_[node];
    balance_[node] = -balance_[node];
    class_of_[node] ^= 1;  // the same degree and rank on the other side
    moved_[node] = true;
    insert(node);
    for (const NodeIndex other : group_.neighbours(node)) {
      remove(other);
      balance_[other] += sides_[other] == sides_[node] ? 2 : -2;
      insert(other);
    }
  }

  /// Nodes that tie repeatedly make the list of moves long: pairs of moves after the best state are removed.
  static void shorten(std::vector<NodeIndex>& moves, std::size_t keep) {
    const auto first = moves.begin() + static_cast<std::ptrdiff_t>(keep);
    std::sort(first, moves.end());
    auto end = first;
    for (auto each = first; each != moves.end();) {
      const auto after = std::upper_bound(each, moves.end(), *each);
      if ((after - each) % 2 == 1) *end++ = *each;
      each = after;
    }
    moves.erase(end, moves.end());
  }

  const ModularityGroup& group_;
  Sides sides_;
  std::vector<std::int64_t> balance_;
  std::vector<bool> moved_;
  std::vector<std::size_t> class_of_;
  std::vector<Class> classes_;
  std::vector<NodeIndex> open_;    // first node of every bucket that has not moved
  std::vector<NodeIndex> closed_;  // and that has
  std::vector<NodeIndex> next_;
  std::vector<NodeIndex> previous_;
  std::int64_t difference_ = 0;
};

}  // namespace

Sides fine_tuned(const ModularityGroup& group, const Sides& sides, std::int64_t gain, Random& random,
                 const TaskControl& control) {
  return FineTuning(group, sides, random).run(gain, control);
}

}  // namespace dnm
