// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/node_colors.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <tuple>

#include "core/network/mask_rows.h"
#include "core/support/digits.h"
#include "viz/scenes/axes.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"
#include "viz/scenes/thinning.h"

namespace dnm {

namespace {

constexpr std::size_t named_communities = 10;  // in the legend
constexpr double room_for_sizes = 260.0;       // points: from this width on, the legend tells their sizes
constexpr std::size_t bar_colors = 96;

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
  if (!input.communities || input.communities->size() != input.network->node_count()) return {};
  const CommunityRanks ranks = community_ranks(*input.communities);
  const std::int32_t rank = ranks.rank_of[node];
  if (rank < 0) return {};
  return ", community " + std::to_string(rank + 1) + " of " +
         counted(ranks.sizes[static_cast<std::size_t>(rank)], input.network->is_layered() ? "neuron" : "node");
}

NodeColors::NodeColors(const SceneInput& input, const SceneOptions& options)
    : coloring_(options.node_coloring),
      dark_(options.dark),
      stale_(input.communities_are_stale),
      aside_(palette(options.dark).aside) {
  const Network& network = *input.network;
  colors_.assign(network.node_count(), aside_);
  switch (coloring_) {
    case NodeColoring::layer:
      color_by_layer(network);
      break;
    case NodeColoring::community:
      color_by_community(input, options);
      break;
    case NodeColoring::degree:
      color_by_degree(network);
      break;
    case NodeColoring::angle:
      color_by_angle(input);
      break;
  }
}

Color NodeColors::of_link(NodeIndex from, NodeIndex to, Color by_layer) const {
  if (coloring_ == NodeColoring::layer) return by_layer;
  if (coloring_ != NodeColoring::community || missing_) return aside_;
  return ranks_[from] >= 0 && ranks_[from] == ranks_[to] ? colors_[from] : aside_;
}

void NodeColors::color_by_layer(const Network& network) {
  for (std::size_t layer = 0; layer < network.layer_sizes().size(); ++layer) {
    const auto begin = colors_.begin() + network.first_node(layer);
    std::fill(begin, begin + network.layer_sizes()[layer], category_color(layer, dark_));
  }
}

Color NodeColors::color_of(std::size_t rank) const {
  const Color color = community_color(rank, dark_);
  return stale_ ? mixed(color, aside_, 0.6) : color;
}

void NodeColors::color_by_community(const SceneInput& input, const SceneOptions& options) {
  if (!input.communities || input.communities->size() != colors_.size()) {
    missing_ = true;
    legend_.title = "communities: " + (input.communities_note.empty() ? "computing …" : input.communities_note);
    return;
  }
  CommunityRanks ranks = community_ranks(*input.communities);
  ranks_ = std::move(ranks.rank_of);
  const std::size_t alone = static_cast<std::size_t>(std::count(ranks.sizes.begin(), ranks.sizes.end(), 1U));
  const std::size_t grouped = ranks.sizes.size() - alone;
  for (std::size_t node = 0; node < colors_.size(); ++node) {
    // A community of one neuron is none to look at.
    if (ranks_[node] < 0 || static_cast<std::size_t>(ranks_[node]) >= grouped) continue;
    colors_[node] = color_of(static_cast<std::size_t>(ranks_[node]));
  }
  if (stale_) {
    legend_.title = "communities: computing …";
    return;
  }
  if (grouped == 0) {
    legend_.title = "no community has two neurons";
    return;
  }
  const bool with_sizes = options.width_points >= room_for_sizes;
  legend_.title = with_sizes ? "communities (neurons)" : "communities";
  const std::size_t named = std::min(grouped, named_communities);
  for (std::size_t rank = 0; rank < named; ++rank) {
    std::string words = std::to_string(rank + 1);
    if (with_sizes) words += " (" + with_commas(ranks.sizes[rank]) + ")";
    legend_.entries.push_back({std::move(words), color_of(rank)});
  }
  if (grouped > named) legend_.entries.push_back({"and " + with_commas(grouped - named) + " more", aside_, false});
  if (alone > 0) legend_.entries.push_back({"alone (" + with_commas(alone) + ")", aside_});
}

void NodeColors::color_by_degree(const Network& network) {
  const std::vector<NodeIndex> degrees = node_degrees(network);
  NodeIndex least = 0, most = 0;
  bool any_without = false;
  for (const NodeIndex degree : degrees) {
    any_without |= degree == 0;
    if (degree > 0) least = least == 0 ? degree : std::min(least, degree);
    most = std::max(most, degree);
  }
  if (most == 0) {
    legend_.title = "degree: no neuron has a link";
    return;
  }
  const double low = std::log(static_cast<double>(least)), high = std::log(static_cast<double>(most));
  const auto place = [&](double degree) { return high > low ? (std::log(degree) - low) / (high - low) : 0.5; };
  for (std::size_t node = 0; node < degrees.size(); ++node) {
    if (degrees[node] > 0) colors_[node] = value_color(place(degrees[node]), dark_);
  }
  legend_.title = "degree";
  if (least == most) {
    legend_.title += ": " + with_commas(least);
    legend_.entries.push_back({"every neuron", value_color(0.5, dark_)});
    if (any_without) legend_.entries.push_back({"no links", aside_});
    return;
  }
  for (std::size_t step = 0; step < bar_colors; ++step) {
    legend_.bar.push_back(value_color(static_cast<double>(step) / (bar_colors - 1), dark_));
  }
  // The ends are always told; round numbers between them where there is room.
  legend_.ticks.emplace_back(0.0, with_commas(least));
  for (const double tick : log_ticks(least, most, 4)) {
    const double at = place(tick);
    if (at > 0.14 && at < 0.86 && at - legend_.ticks.back().first > 0.16) {
      legend_.ticks.emplace_back(at, with_commas(static_cast<std::uint64_t>(std::llround(tick))));
    }
  }
  legend_.ticks.emplace_back(1.0, with_commas(most));
  if (any_without) legend_.entries.push_back({"no links", aside_});
}

void NodeColors::color_by_angle(const SceneInput& input) {
  if (!input.embedding || input.embedding->theta.size() != colors_.size()) {
    missing_ = true;
    legend_.title = "angles: computing the embedding …";
    return;
  }
  const Embedding& embedding = *input.embedding;
  bool any_aside = false;
  for (std::size_t node = 0; node < colors_.size(); ++node) {
    if (!embedding.component.empty() && embedding.component[node] != 0) {
      any_aside = true;
      continue;
    }
    colors_[node] = angle_color(embedding.theta[node], dark_);
  }
  legend_.title = "angle";
  for (std::size_t step = 0; step < bar_colors; ++step) {
    legend_.bar.push_back(angle_color(2.0 * std::numbers::pi * static_cast<double>(step) / bar_colors, dark_));
  }
  for (const int degrees : {0, 90, 180, 270, 360}) {
    legend_.ticks.emplace_back(degrees / 360.0, std::to_string(degrees) + "°");
  }
  if (any_aside) legend_.entries.push_back({"not embedded", aside_});
}

}  // namespace dnm
