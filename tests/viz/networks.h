// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "core/files/network_files.h"
#include "core/network/random.h"
#include "tests/support/places.h"
#include "viz/scenes/network_scene.h"

namespace dnm::test {

[[nodiscard]] inline NetworkPointer reference_network(const char* name) {
  return read_network(std::filesystem::path(reference_folder()) / name).network;
}

/// Layers joined by `links` random links each.
[[nodiscard]] inline NetworkPointer random_network(const std::vector<NodeIndex>& sizes, std::uint64_t links,
                                                   std::uint64_t seed = 1) {
  std::vector<Mask> masks;
  Random random(seed);
  for (std::size_t layer = 0; layer + 1 < sizes.size(); ++layer) {
    Mask mask{sizes[layer], sizes[layer + 1], {0}, {}};
    const auto cells = random.sample(std::uint64_t{mask.n_in} * mask.n_out, links);
    std::size_t next = 0;
    for (NodeIndex row = 0; row < mask.n_out; ++row) {
      for (; next < cells.size() && cells[next] / mask.n_in == row; ++next) {
        mask.columns.push_back(static_cast<NodeIndex>(cells[next] % mask.n_in));
      }
      mask.row_begin.push_back(mask.columns.size());
    }
    masks.push_back(std::move(mask));
  }
  return std::make_shared<const Network>(Network::layered(sizes, std::move(masks)));
}

/// Every node anywhere: pictures do not care where an embedding comes from.
[[nodiscard]] inline std::shared_ptr<const Embedding> random_embedding(const Network& network, std::uint64_t seed = 2) {
  auto embedding = std::make_shared<Embedding>();
  Random random(seed);
  for (NodeIndex node = 0; node < network.node_count(); ++node) {
    embedding->theta.push_back(random.uniform(0.0, 2.0 * std::numbers::pi));
    embedding->radius.push_back(random.uniform(0.0, 9.0));
    embedding->component.push_back(0);
  }
  return embedding;
}

/// What a picture has within `radius` of a point, both in its data coordinates.
[[nodiscard]] inline Hit hit_at(const char* picture, const SceneInput& input, const SceneOptions& options, Point point,
                                double radius) {
  const NodePlacesPointer places = network_scene(picture).locate(input, options, TaskControl{});
  return places ? places->at(point, radius, PageTransform{}) : Hit{};
}

template <class Item>
[[nodiscard]] std::vector<const Item*> items_of(const Scene& scene) {
  std::vector<const Item*> found;
  for (const SceneItem& item : scene.items) {
    if (const auto* part = std::get_if<Item>(&item)) found.push_back(part);
  }
  return found;
}

[[nodiscard]] inline std::vector<std::string> texts(const Scene& scene) {
  std::vector<std::string> found;
  for (const Text* text : items_of<Text>(scene)) found.push_back(text->text);
  return found;
}

/// Of a colour as the screen has it.
[[nodiscard]] inline double luminance(Color color) {
  return 0.2126 * color.red + 0.7152 * color.green + 0.0722 * color.blue;
}

/// A fresh result of Q that found these communities.
inline void set_communities(SceneInput& input, std::vector<std::int32_t> communities) {
  auto found = std::make_shared<Measurement>();
  found->value = 0.5;
  found->communities = std::move(communities);
  measurement_of(input, community_measure) = {std::move(found), false, {}};
}

struct LinkOfLayer {
  std::size_t layer;
  NodeIndex input, output;
  auto operator<=>(const LinkOfLayer&) const = default;
};

/// All links of the masks, sorted; a general graph has both directions.
[[nodiscard]] inline std::vector<LinkOfLayer> links_of(const Network& network) {
  std::vector<LinkOfLayer> links;
  for (std::size_t layer = 0; layer < network.masks().size(); ++layer) {
    const Mask& mask = network.masks()[layer];
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      for (const NodeIndex input : mask.row(output)) links.push_back({layer, input, output});
    }
  }
  std::sort(links.begin(), links.end());
  return links;
}

}  // namespace dnm::test
