// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/search/functional_anova.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace dnm {

namespace {

constexpr std::size_t trees = 32;
constexpr std::size_t least_examples = 3, most_leaves = 256;

struct Split {
  std::size_t axis = 0;
  double place = 0.0;
  double gain = 0.0;  ///< 0: there is none
};

class TreeGrower {
 public:
  TreeGrower(std::span<const std::vector<double>> points, std::span<const double> values, std::size_t least,
             Random& random)
      : points_(points), values_(values), least_(std::max<std::size_t>(least, 1)), random_(random) {}

  std::vector<TreeLeaf> grow() {
    std::vector<std::size_t> examples(points_.size());
    for (std::size_t& example : examples) example = random_.below(points_.size());
    const std::size_t axes = points_.front().size();
    TreeLeaf whole{std::vector<double>(axes, 0.0), std::vector<double>(axes, 1.0), 0.0};
    grow(examples, std::move(whole));
    return std::move(leaves_);
  }

 private:
  void grow(std::span<std::size_t> examples, TreeLeaf box) {
    const Split split = best_split(examples);
    if (!(split.gain > 0.0)) {
      box.value = mean(examples);
      leaves_.push_back(std::move(box));
      return;
    }
    const auto middle = std::partition(examples.begin(), examples.end(),
                                       [&](std::size_t example) { return points_[example][split.axis] < split.place; });
    const auto left = static_cast<std::size_t>(middle - examples.begin());
    TreeLeaf lower = box;
    lower.upper[split.axis] = split.place;
    box.lower[split.axis] = split.place;
    grow(examples.first(left), std::move(lower));
    grow(examples.subspan(left), std::move(box));
  }

  [[nodiscard]] double mean(std::span<const std::size_t> examples) const {
    double sum = 0.0;
    for (const std::size_t example : examples) sum += values_[example];
    return sum / static_cast<double>(examples.size());
  }

  [[nodiscard]] std::vector<std::size_t> some_axes() {
    std::vector<std::size_t> axes(points_.front().size());
    std::iota(axes.begin(), axes.end(), std::size_t{0});
    random_.shuffle(std::span(axes));
    axes.resize((axes.size() * 5 + 5) / 6);
    return axes;
  }

  [[nodiscard]] Split best_split(std::span<const std::size_t> examples) {
    Split best;
    if (examples.size() < 2 * least_) return best;
    const double whole = mean(examples);
    std::vector<std::size_t> sorted(examples.begin(), examples.end());
    for (const std::size_t axis : some_axes()) {
      std::ranges::sort(sorted, [&](std::size_t a, std::size_t b) {
        return points_[a][axis] != points_[b][axis] ? points_[a][axis] < points_[b][axis] : a < b;
      });
      double left_sum = 0.0;  // of differences from the mean, which add up to 0
      for (std::size_t left = 1; left < sorted.size(); ++left) {
        left_sum += values_[sorted[left - 1]] - whole;
        const double before = points_[sorted[left - 1]][axis], after = points_[sorted[left]][axis];
        if (left < least_ || sorted.size() - left < least_ || !(before < after)) continue;
        const double gain =
            left_sum * left_sum * (1.0 / static_cast<double>(left) + 1.0 / static_cast<double>(sorted.size() - left));
        if (gain > best.gain) best = {axis, 0.5 * (before + after), gain};
      }
    }
    if (best.gain < 1e-12 * whole * whole) best.gain = 0.0;
    return best;
  }

  std::span<const std::vector<double>> points_;
  std::span<const double> values_;
  std::size_t least_;
  Random& random_;
  std::vector<TreeLeaf> leaves_;
};

double volume(const TreeLeaf& leaf, const std::vector<bool>* in_group) {
  double product = 1.0;
  for (std::size_t axis = 0; axis < leaf.lower.size(); ++axis) {
    if (in_group == nullptr || !(*in_group)[axis]) product *= leaf.upper[axis] - leaf.lower[axis];
  }
  return product;
}

/// Of two leaves on the axes of a group.
double overlap(const TreeLeaf& a, const TreeLeaf& b, const std::vector<bool>& in_group) {
  double product = 1.0;
  for (std::size_t axis = 0; axis < a.lower.size() && product > 0.0; ++axis) {
    if (in_group[axis])
      product *= std::max(0.0, std::min(a.upper[axis], b.upper[axis]) - std::max(a.lower[axis], b.lower[axis]));
  }
  return product;
}

double mean_of(std::span<const TreeLeaf> leaves) {
  double mean = 0.0;
  for (const TreeLeaf& leaf : leaves) mean += leaf.value * volume(leaf, nullptr);
  return mean;
}

}  // namespace

std::vector<TreeLeaf> grow_tree(std::span<const std::vector<double>> points, std::span<const double> values,
                                std::size_t least, Random& random) {
  return TreeGrower(points, values, least, random).grow();
}

double tree_variance(std::span<const TreeLeaf> leaves) {
  const double mean = mean_of(leaves);
  double variance = 0.0;
  for (const TreeLeaf& leaf : leaves) variance += (leaf.value - mean) * (leaf.value - mean) * volume(leaf, nullptr);
  return variance;
}

double group_variance(std::span<const TreeLeaf> leaves, const std::vector<bool>& in_group) {
  const double mean = mean_of(leaves);
  std::vector<double> weights;  // of each leaf in the mean over the other axes
  for (const TreeLeaf& leaf : leaves) weights.push_back((leaf.value - mean) * volume(leaf, &in_group));
  double variance = 0.0;
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    variance += weights[i] * weights[i] * overlap(leaves[i], leaves[i], in_group);
    for (std::size_t j = 0; j < i; ++j)
      variance += 2.0 * weights[i] * weights[j] * overlap(leaves[i], leaves[j], in_group);
  }
  return std::max(0.0, variance);
}

std::vector<double> main_effects(std::span<const std::vector<double>> points, std::span<const double> values,
                                 std::span<const std::size_t> group_of, std::size_t groups, std::uint64_t seed) {
  std::vector<double> shares(groups, 0.0);
  if (points.empty()) return shares;
  const std::size_t least = std::max(least_examples, points.size() / most_leaves);
  std::size_t grown = 0;
  for (std::size_t tree = 0; tree < trees; ++tree) {
    Random random(seed, tree);
    const std::vector<TreeLeaf> leaves = grow_tree(points, values, least, random);
    const double whole = tree_variance(leaves);
    if (!(whole > 0.0)) continue;
    ++grown;
    for (std::size_t group = 0; group < groups; ++group) {
      std::vector<bool> in_group;
      for (const std::size_t of : group_of) in_group.push_back(of == group);
      shares[group] += group_variance(leaves, in_group) / whole;
    }
  }
  for (double& share : shares) share /= static_cast<double>(std::max<std::size_t>(grown, 1));
  return shares;
}

}  // namespace dnm
