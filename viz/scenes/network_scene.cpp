// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/network_scene.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/parameters/look_up.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

constexpr std::array<std::string_view, 3> matrix_options{"order", "color", "links"};
constexpr std::array<std::string_view, 3> layers_options{"orientation", "color", "links"};
constexpr std::array<std::string_view, 2> disk_options{"disk", "color"};

// Those of the window stand first.
constexpr std::array<NetworkScene, 4> scenes{{
    {"matrix",
     "Adjacency",
     "One matrix per layer: a row for each neuron, a column for each of its inputs",
     {},
     matrix_options,
     WindowPlace::left,
     {0.62, FigureRole::stacked, 0.6},
     true,
     build_matrix_scene,
     describe_matrix},
    {"layers",
     "Layers",
     "The layers as rows or columns of neurons, with the links between them",
     {.layers = true},
     layers_options,
     WindowPlace::left,
     {0.5, FigureRole::stacked, 0.4},
     false,
     build_layers_scene,
     describe_layers},
    {"disk",
     "Hyperbolic disk",
     "The neurons at their places in the hyperbolic disk, links as geodesics",
     {.embedding = true},
     disk_options,
     WindowPlace::right,
     {1.0, FigureRole::leading},
     false,
     build_disk_scene,
     describe_disk},
    {"degree",
     "Degree distribution",
     "How many neurons have k links or more: all links (dots), links in and out by layer (lines), and the fitted power "
     "law from its smallest degree on",
     {.measure = "gamma"},
     {},
     WindowPlace::measures_dock,
     {0.7},
     false,
     build_degree_scene,
     describe_degree},
}};

constexpr bool is_in_columns(const NetworkScene& scene) { return scene.window != WindowPlace::measures_dock; }
constexpr auto network_scene_count = std::find_if_not(scenes.begin(), scenes.end(), is_in_columns) - scenes.begin();

/// Adds what is needed to what was needed before.
void add(PictureDemand& demand, const PictureNeeds& needs) {
  demand.embedding |= needs.embedding;
  if (!needs.measure.empty() && std::ranges::find(demand.measures, needs.measure) == demand.measures.end()) {
    demand.measures.push_back(needs.measure);
  }
}

}  // namespace

std::span<const NetworkScene> network_scene_table() { return std::span(scenes).first(network_scene_count); }

std::span<const NetworkScene> figure_scene_table() { return scenes; }

const NetworkScene& network_scene(std::string_view id) { return look_up(scenes, id, "picture"); }

std::span<const Choice> panel_choices() {
  static const std::array choices = [] {
    std::array<Choice, scenes.size() + 1> made{
        Choice{all_pictures, "All, with the measures", "Every picture of the network, with its measures below"}};
    std::ranges::transform(scenes, made.begin() + 1, [](const NetworkScene& scene) {
      return Choice{scene.id, scene.title, scene.meaning};
    });
    return made;
  }();
  return choices;
}

std::vector<const NetworkScene*> pictures_of(std::string_view panel) {
  if (look_up(panel_choices(), panel, "panel").id != all_pictures) return {&network_scene(panel)};
  std::vector<const NetworkScene*> pictures;
  for (const NetworkScene& scene : scenes) {
    if (scene.figure.role != FigureRole::none) pictures.push_back(&scene);
  }
  return pictures;
}

PictureDemand demand_of(const NetworkScene& scene, const PictureOptions& options) {
  PictureDemand demand;
  add(demand, scene.needs);
  for (const std::string_view id : scene.options) add(demand, needs_of(id, options));
  return demand;
}

SceneInput input_for(const NetworkScene& scene, const PictureOptions& options, const SceneInput& input) {
  const PictureDemand demand = demand_of(scene, options);
  SceneInput needed{input.network, demand.embedding ? input.embedding : nullptr};
  for (const std::string_view id : demand.measures) measurement_of(needed, id) = measurement_of(input, id);
  if (!demand.measures.empty()) needed.measured_layer = input.measured_layer;
  return needed;
}

SceneOptions options_for(const NetworkScene& scene, const SceneOptions& options) {
  PictureOptions followed;
  for (const std::string_view id : scene.options) {
    const Parameter<PictureOptions>& option = picture_option_table().at(id);
    option.set(followed, option.get(options));
  }
  SceneOptions result = options;
  static_cast<PictureOptions&>(result) = std::move(followed);
  return result;
}

Scene empty_scene(const SceneOptions& options) {
  Scene scene;
  const Palette& colors = palette(options.dark);
  scene.background = colors.background;
  scene.ink = colors.ink;
  scene.note_size = tick_size(options);
  return scene;
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

std::string layer_name(const Network& network, std::size_t layer) {
  if (!network.is_layered()) return "nodes";
  return layer == 0 ? "inputs" : "layer " + std::to_string(layer);
}

std::string neuron_name(const Network& network, std::size_t layer, NodeIndex neuron) {
  if (!network.is_layered()) return "node " + std::to_string(neuron);
  if (layer == 0) return "input " + std::to_string(neuron);
  return "layer " + std::to_string(layer) + " neuron " + std::to_string(neuron);
}

std::size_t character_count(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

}  // namespace dnm
