// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/node_colors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <optional>
#include <tuple>
#include <utility>

#include "core/support/digits.h"
#include "viz/scenes/axes.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

constexpr std::size_t named_groups = 10;  // in the legend
// Of more groups, whose colours would repeat each other, only the largest have one.
constexpr std::size_t most_colored_groups = 30, named_of_many = 8;
constexpr double room_for_sizes = 260.0;  // points: from this width on, the legend has their sizes
constexpr std::size_t bar_colors = 96;
constexpr double stale_fade = 0.6;  // towards grey

/// The scale of a magnitude from its least to its largest value.
struct Scale {
  bool logarithmic;
  double least, most;

  /// Whether a value has a place on it.
  [[nodiscard]] bool holds(double value) const { return logarithmic ? value > 0.0 : !std::isnan(value); }
  /// In [0, 1] from `least` to `most`; the middle when they are equal.
  [[nodiscard]] double place(double value) const {
    if (!(most > least)) return 0.5;
    if (!logarithmic) return (value - least) / (most - least);
    const double low = std::log(least), high = std::log(most);
    return (std::log(value) - low) / (high - low);
  }
  [[nodiscard]] std::vector<double> ticks() const {
    constexpr int about = 4;
    return logarithmic ? log_ticks(least, most, about) : round_ticks(least, most, about);
  }
};

/// The scale of the values that have a place on it; nothing when none has.
std::optional<Scale> scale_of(const std::vector<double>& values, bool logarithmic) {
  Scale scale{logarithmic, std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  for (const double value : values) {
    if (!scale.holds(value)) continue;
    scale.least = std::min(scale.least, value);
    scale.most = std::max(scale.most, value);
  }
  if (scale.most < scale.least) return std::nullopt;
  return scale;
}

/// "1,204" or "0.0317".
std::string number_words(double value) {
  constexpr double longest = 1e15;
  if (value >= 0.0 && value < longest && value == std::floor(value)) {
    return with_commas(static_cast<std::uint64_t>(value));
  }
  return with_significant(value, 3);
}

}  // namespace

CommunityRanks community_ranks(std::span<const std::int32_t> communities) {
  struct Community {
    std::uint32_t size = 0;
    std::size_t first = 0;
    std::int32_t number = 0;
  };
  std::map<std::int32_t, Community> found;
  for (std::size_t node = 0; node < communities.size(); ++node) {
    if (communities[node] < 0) continue;
    Community& community = found[communities[node]];
    if (community.size++ == 0) community.first = node;
    community.number = communities[node];
  }
  std::vector<Community> order;
  for (const auto& [number, community] : found) order.push_back(community);
  std::sort(order.begin(), order.end(), [](const Community& a, const Community& b) {
    return std::tuple(-std::int64_t{a.size}, a.first) < std::tuple(-std::int64_t{b.size}, b.first);
  });
  CommunityRanks ranks;
  std::map<std::int32_t, std::int32_t> rank_of_number;
  for (const Community& community : order) {
    rank_of_number[community.number] = static_cast<std::int32_t>(ranks.sizes.size());
    ranks.sizes.push_back(community.size);
  }
  ranks.rank_of.reserve(communities.size());
  for (const std::int32_t number : communities) ranks.rank_of.push_back(number < 0 ? -1 : rank_of_number[number]);
  return ranks;
}

std::string community_words(const SceneInput& input, NodeIndex node) {
  const std::span<const std::int32_t> communities = communities_of(input);
  if (communities.empty()) return {};
  const CommunityRanks ranks = community_ranks(communities);
  const std::int32_t rank = ranks.rank_of[node];
  if (rank < 0) return {};
  return ", community " + std::to_string(rank + 1) + " of " +
         counted(ranks.sizes[static_cast<std::size_t>(rank)], input.network->is_layered() ? "neuron" : "node");
}

bool colors_differ_within_layers(const PictureOptions& options) {
  return node_coloring(options.node_coloring).kind != NodeValueKind::layer;
}

NodeColors::NodeColors(const SceneInput& input, const SceneOptions& options)
    : NodeColors(node_coloring(options.node_coloring), node_coloring(options.node_coloring).values(input),
                 input.network->node_count(), options) {}

NodeColors::NodeColors(const NodeQuantity& quantity, const NodeValues& values, std::size_t nodes,
                       const SceneOptions& options)
    : kind_(quantity.kind),
      dark_(options.dark),
      stale_(values.is_stale),
      missing_(!values.missing.empty()),
      aside_(palette(options.dark).aside),
      colors_(nodes, aside_) {
  if (missing_) {
    legend_.title = values.missing;
    return;
  }
  switch (kind_) {
    case NodeValueKind::layer:
      color_layers(values);
      break;
    case NodeValueKind::category:
      color_groups(values, quantity, options.width_points >= room_for_sizes);
      break;
    case NodeValueKind::linear:
    case NodeValueKind::logarithmic:
      color_amounts(values, quantity);
      break;
    case NodeValueKind::cyclic:
      color_angles(values, quantity);
      break;
  }
  if (stale_) {
    legend_ = {};
    legend_.title = std::string(quantity.name) + ": " + values.pending;
  }
}

Color NodeColors::of_link(NodeIndex from, NodeIndex to, Color by_layer) const {
  if (kind_ == NodeValueKind::layer) return by_layer;
  if (kind_ != NodeValueKind::category || missing_) return aside_;
  return ranks_[from] >= 0 && ranks_[from] == ranks_[to] ? colors_[from] : aside_;
}

Color NodeColors::shown(Color color) const { return stale_ ? mixed(color, aside_, stale_fade) : color; }

void NodeColors::color_layers(const NodeValues& values) {
  for (std::size_t node = 0; node < colors_.size(); ++node) {
    colors_[node] = category_color(static_cast<std::size_t>(values.values[node]), dark_);
  }
}

void NodeColors::color_groups(const NodeValues& values, const NodeQuantity& quantity, bool with_sizes) {
  std::vector<std::int32_t> groups(colors_.size(), -1);
  for (std::size_t node = 0; node < colors_.size(); ++node) {
    if (!std::isnan(values.values[node])) groups[node] = static_cast<std::int32_t>(values.values[node]);
  }
  CommunityRanks ranks = community_ranks(groups);
  ranks_ = std::move(ranks.rank_of);
  const std::size_t alone = static_cast<std::size_t>(std::count(ranks.sizes.begin(), ranks.sizes.end(), 1U));
  const std::size_t grouped = ranks.sizes.size() - alone;
  const bool are_many = grouped > most_colored_groups;
  const std::size_t named = std::min(grouped, are_many ? named_of_many : named_groups);
  const std::size_t colored = are_many ? named : grouped;
  const auto color_of = [&](std::size_t rank) { return shown(community_color(rank, dark_)); };
  for (std::size_t node = 0; node < colors_.size(); ++node) {
    // A group of one neuron is not shown as a group.
    if (ranks_[node] < 0 || static_cast<std::size_t>(ranks_[node]) >= colored) continue;
    colors_[node] = color_of(static_cast<std::size_t>(ranks_[node]));
  }
  if (grouped == 0) {
    legend_.title = "no " + std::string(quantity.id) + " has two neurons";
    return;
  }
  legend_.title = std::string(quantity.name) + (with_sizes ? " (neurons)" : "");
  for (std::size_t rank = 0; rank < named; ++rank) {
    std::string words = std::to_string(rank + 1);
    if (with_sizes) words += " (" + with_commas(ranks.sizes[rank]) + ")";
    legend_.entries.push_back({std::move(words), color_of(rank)});
  }
  if (grouped > named) legend_.entries.push_back({"and " + with_commas(grouped - named) + " more", aside_, are_many});
  if (alone > 0) {
    legend_.entries.push_back({std::string(quantity.without) + " (" + with_commas(alone) + ")", aside_});
  }
}

void NodeColors::color_amounts(const NodeValues& values, const NodeQuantity& quantity) {
  legend_.title = quantity.name;
  const std::optional<Scale> scale = scale_of(values.values, kind_ == NodeValueKind::logarithmic);
  if (!scale) {
    legend_.title += ": no neuron has a value";
    return;
  }
  bool any_without = false;
  for (std::size_t node = 0; node < colors_.size(); ++node) {
    const double value = values.values[node];
    any_without |= !scale->holds(value);
    if (scale->holds(value)) colors_[node] = shown(value_color(scale->place(value), dark_));
  }
  if (scale->least == scale->most) {
    legend_.title += ": " + number_words(scale->least);
    legend_.entries.push_back({"every neuron", value_color(0.5, dark_)});
  } else {
    for (std::size_t step = 0; step < bar_colors; ++step) {
      legend_.bar.push_back(value_color(static_cast<double>(step) / (bar_colors - 1), dark_));
    }
    // Always the two ends; round numbers between them where there is room.
    legend_.ticks.emplace_back(0.0, number_words(scale->least));
    for (const double tick : scale->ticks()) {
      const double at = scale->place(tick);
      if (at > 0.14 && at < 0.86 && at - legend_.ticks.back().first > 0.16) {
        legend_.ticks.emplace_back(at, number_words(tick));
      }
    }
    legend_.ticks.emplace_back(1.0, number_words(scale->most));
  }
  if (any_without) legend_.entries.push_back({std::string(quantity.without), aside_});
}

void NodeColors::color_angles(const NodeValues& values, const NodeQuantity& quantity) {
  bool any_without = false;
  for (std::size_t node = 0; node < colors_.size(); ++node) {
    const double angle = values.values[node];
    any_without |= std::isnan(angle);
    if (!std::isnan(angle)) colors_[node] = shown(angle_color(angle, dark_));
  }
  legend_.title = quantity.name;
  for (std::size_t step = 0; step < bar_colors; ++step) {
    legend_.bar.push_back(angle_color(2.0 * std::numbers::pi * static_cast<double>(step) / bar_colors, dark_));
  }
  for (const int degrees : {0, 90, 180, 270, 360}) {
    legend_.ticks.emplace_back(degrees / 360.0, std::to_string(degrees) + "°");
  }
  if (any_without) legend_.entries.push_back({std::string(quantity.without), aside_});
}

}  // namespace dnm
