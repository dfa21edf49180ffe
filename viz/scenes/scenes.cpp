// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/scenes.h"

#include <algorithm>

#include "viz/scenes/palette.h"

namespace dnm {

Scene empty_scene(const SceneOptions& options) {
  Scene scene;
  const Palette& colors = palette(options.dark);
  scene.background = colors.background;
  scene.ink = colors.ink;
  scene.note_size = tick_size(options);
  return scene;
}

PageTransform seen_transform(const Scene& scene, const SceneOptions& options) {
  const Rectangle& part = options.viewport;
  if (part.width <= 0.0 || part.height <= 0.0) {
    return page_transform(scene, options.width_points, options.height_points);
  }
  const double scale_x = options.width_points / part.width, scale_y = options.height_points / part.height;
  return {scale_x, scale_y, -part.x * scale_x, -part.y * scale_y};
}

std::vector<std::string> wrapped(const std::string& words, double size, double width) {
  std::vector<std::string> lines{""};
  std::size_t begin = 0;
  while (begin <= words.size()) {
    const std::size_t end = std::min(words.find(' ', begin), words.size());
    const std::string word = words.substr(begin, end - begin);
    const std::string longer = lines.back().empty() ? word : lines.back() + " " + word;
    if (room_for(character_count(longer), size) <= width || lines.back().empty()) {
      lines.back() = longer;
    } else {
      lines.push_back(word);
    }
    begin = end + 1;
  }
  return lines;
}

Scene message_scene(const SceneOptions& options, const std::string& message) {
  Scene scene = empty_scene(options);
  const double line_height = 1.4 * options.text_size;
  const std::vector<std::string> lines = wrapped(message, options.text_size, options.width_points);
  double above = 0.5 * line_height * static_cast<double>(lines.size() - 1);
  for (const std::string& line : lines) {
    Text text;
    text.position = {0.5, 0.5};
    text.text = line;
    text.size = options.text_size;
    text.color = scene.ink;
    text.horizontal = Anchor::center;
    text.offset = {0.0, above};
    scene.items.emplace_back(std::move(text));
    above -= line_height;
  }
  return scene;
}

std::string layer_name(const Network& network, const LayerNames& names, std::size_t layer) {
  if (!network.is_layered()) return "nodes";
  if (layer < names.neurons.size()) return names.neurons[layer];
  return layer == 0 ? "inputs" : "layer " + std::to_string(layer);
}

std::string layer_name(const SceneInput& input, std::size_t layer) {
  return layer_name(*input.network, input.names, layer);
}

std::string matrix_name(const SceneInput& input, std::size_t mask) {
  return mask < input.names.matrices.size() ? input.names.matrices[mask] : "W" + std::to_string(mask + 1);
}

std::string links_name(const SceneInput& input, std::size_t mask) {
  return mask < input.names.matrices.size() ? input.names.matrices[mask] : "layer " + std::to_string(mask + 1);
}

namespace {

/// A name of a file in one short line.
std::string shown_name(std::string_view name) {
  constexpr std::size_t longest = 60;
  std::string shown(name.substr(0, longest));
  if (name.size() > longest) {
    // Not within a character.
    while (!shown.empty() && (static_cast<unsigned char>(name[shown.size()]) & 0xC0U) == 0x80U) shown.pop_back();
    shown += "…";
  }
  std::ranges::replace_if(
      shown, [](char letter) { return static_cast<unsigned char>(letter) < 0x20; }, ' ');
  return shown;
}

}  // namespace

std::string neuron_name(const Network& network, const LayerNames& names, std::size_t layer, NodeIndex neuron) {
  std::string place = layer_name(network, names, layer);  // "inputs" and "nodes" are of one each
  const bool is_plural = place.ends_with("inputs") || place == "nodes";
  if (is_plural) place.pop_back();
  place += (is_plural ? " " : " neuron ") + std::to_string(neuron);
  const std::string name = shown_name(network.name_of(network.first_node(layer) + neuron));
  return name.empty() ? place : name + " (" + place + ")";
}

std::string neuron_name(const SceneInput& input, std::size_t layer, NodeIndex neuron) {
  return neuron_name(*input.network, input.names, layer, neuron);
}

std::size_t character_count(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

}  // namespace dnm
