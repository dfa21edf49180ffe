// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/marks.h"

#include <algorithm>
#include <utility>

#include "core/support/digits.h"
#include "viz/scenes/dendrites.h"
#include "viz/scenes/node_colors.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

constexpr std::size_t few_links = 400, many_links = 2000;
constexpr std::size_t few_nodes = 24, many_nodes = 300;

void add_disks(std::vector<SceneItem>& items, const std::vector<Point>& places, double diameter, Color color) {
  if (places.empty()) return;
  Disks disks;
  disks.centers = places;
  disks.diameters.assign(places.size(), static_cast<float>(diameter));
  disks.colors.assign(places.size(), color);
  items.emplace_back(std::move(disks));
}

double between(std::size_t count, std::size_t few, std::size_t many, double large, double small) {
  const double part = static_cast<double>(std::clamp(count, few, many) - few) / static_cast<double>(many - few);
  return large + (small - large) * part;
}

}  // namespace

MarkStyle::MarkStyle(const Highlight& highlight, HighlightRole role, bool dark) {
  const bool is_selected = role == HighlightRole::selected;
  ink_ = palette(dark).ink;
  ground_ = palette(dark).background;
  has_rims_ = highlight.links.size() <= few_links;
  has_dots_ = is_selected;
  line_width_ = (is_selected ? 1.0 : 0.7) * between(highlight.links.size(), few_links, many_links, 1.0, 0.4);
  line_strength_ = between(highlight.links.size(), few_links, many_links, 1.0, 0.3);
  node_size_ = between(highlight.nodes.size(), few_nodes, many_nodes, 8.0, 4.0);
  neighbour_size_ = between(highlight.neighbours.size(), few_nodes, many_nodes, 3.6, 2.0);
}

void MarkStyle::add_links(std::vector<SceneItem>& items, Lines lines) const {
  if (lines.starts.empty()) return;
  if (has_rims_) {
    Lines rims = lines;
    rims.width = line_width_ + 1.4;
    rims.colors.assign(rims.starts.size(), with_alpha(ground_, 0.75));
    items.emplace_back(std::move(rims));
  }
  lines.width = line_width_;
  lines.colors.assign(lines.starts.size(), with_alpha(ink_, line_strength_));
  items.emplace_back(std::move(lines));
}

void MarkStyle::add_neighbours(std::vector<SceneItem>& items, const std::vector<Point>& places) const {
  add_disks(items, places, neighbour_size_ + 1.4, ground_);
  add_disks(items, places, neighbour_size_, ink_);
}

void MarkStyle::add_nodes(std::vector<SceneItem>& items, const std::vector<Point>& places) const {
  add_disks(items, places, node_size_ + 1.6, ground_);
  add_disks(items, places, node_size_, ink_);
  add_disks(items, places, 0.7 * node_size_, ground_);
  if (has_dots_) add_disks(items, places, 0.35 * node_size_, ink_);
}

NeuronWords::NeuronWords(const SceneInput& input) : input_(input), links_out_(input.network->node_count(), 0) {
  const Network& network = *input_.network;
  for (std::size_t mask = 0; mask < network.masks().size(); ++mask) {
    for (const NodeIndex column : network.masks()[mask].columns) ++links_out_[network.first_node(mask) + column];
  }
}

std::string NeuronWords::of(NodeIndex node) const {
  const Network& network = *input_.network;
  const std::size_t layer = network.layer_of(node);
  const NodeIndex neuron = node - network.first_node(layer);
  std::string words = neuron_name(input_, layer, neuron) + ":";
  if (!network.is_layered()) return words + " " + counted(links_out_[node], "link") + community_words(input_, node);
  if (layer > 0) {
    const Mask& mask = network.masks()[layer - 1];
    const auto row = mask.row(neuron);
    const auto ranks = dendrite_ranks(row, mask.n_in);
    words += " " + counted(row.size(), "link") + " in";
    if (const auto last = std::ranges::max_element(ranks); last != ranks.end()) {
      words += " on " + counted(std::uint64_t{*last} + 1, "dendrite");
    }
  }
  if (layer < network.masks().size()) {
    words += (layer > 0 ? ", " : " ") + counted(links_out_[node], "link") + " out";
  }
  return words + community_words(input_, node);
}

}  // namespace dnm
