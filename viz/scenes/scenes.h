// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "viz/scenes/network_scene.h"

// What the pictures share: empty scenes, messages, names of layers and neurons, room for text.
namespace dnm {

/// A scene in the colours of `options`, with nothing in it; bounds are the unit square.
[[nodiscard]] Scene empty_scene(const SceneOptions& options);
/// `words` in lines that are no wider than `width` points, broken between words.
[[nodiscard]] std::vector<std::string> wrapped(const std::string& words, double size, double width);
/// Words in place of a picture, in as many lines as they need.
[[nodiscard]] Scene message_scene(const SceneOptions& options, const std::string& message);

/// Where a scene lies on the page as it is seen: as page_transform() says, or magnified so that the options' viewport
/// fills the page.
[[nodiscard]] PageTransform seen_transform(const Scene& scene, const SceneOptions& options);

/// Its own name or "inputs", "layer 1", … as everywhere in the program; "nodes" for a general graph.
[[nodiscard]] std::string layer_name(const Network& network, const LayerNames& names, std::size_t layer);
[[nodiscard]] std::string layer_name(const SceneInput& input, std::size_t layer);
/// Its own name or "W1", "W2", …
[[nodiscard]] std::string matrix_name(const SceneInput& input, std::size_t mask);
/// The links of a mask, in words: its own name or "layer 1", "layer 2", …
[[nodiscard]] std::string links_name(const SceneInput& input, std::size_t mask);
/// "input 12", "layer 1 neuron 40", "w1 neuron 40", "node 7"; where the file names it, "TP53 (node 7)".
[[nodiscard]] std::string neuron_name(const Network& network, const LayerNames& names, std::size_t layer,
                                      NodeIndex neuron);
[[nodiscard]] std::string neuron_name(const SceneInput& input, std::size_t layer, NodeIndex neuron);
/// Letters of a text in UTF-8.
[[nodiscard]] std::size_t character_count(const std::string& text);

[[nodiscard]] inline double tick_size(const SceneOptions& options) { return options.text_size * 6.0 / 7.0; }
/// Width of a text in points, to leave room for it: no font is at hand where scenes are made, so this is generous.
[[nodiscard]] inline double room_for(std::size_t characters, double size) {
  return 0.62 * size * static_cast<double>(characters);
}

}  // namespace dnm
