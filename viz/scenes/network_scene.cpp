// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/network_scene.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "core/parameters/look_up.h"

namespace dnm {

// Each in the file of its picture.
BuildScene build_matrix_scene, build_layers_scene, build_disk_scene, build_stack_scene, build_degree_scene,
    build_measures_scene;
LocateNodes locate_matrix, locate_layers, locate_disk, locate_stack, locate_degree;

namespace {

// Ids of rows of picture_option_table().
constexpr std::string_view matrix_options[] = {"order", "color", "links"};
constexpr std::string_view layers_options[] = {"orientation", "color",        "links",      "link-drawing",
                                               "bundles",     "link-opacity", "line-width", "node-size"};
constexpr std::string_view disk_options[] = {"disk",         "poincare",     "color",      "links",
                                             "link-drawing", "link-opacity", "line-width", "node-size"};
constexpr std::string_view stack_options[] = {"turn",         "color",      "links",    "link-drawing",
                                              "link-opacity", "line-width", "node-size"};

// Those that the window shows among its pictures stand first.
constexpr NetworkScene scenes[] = {
    {.id = "matrix",
     .title = "Adjacency",
     .meaning = "One matrix per layer: a row for each neuron, a column for each of its inputs",
     .options = matrix_options,
     .window = WindowPlace::left,
     .figure = {.aspect = 0.62, .most = 1.08, .role = FigureRole::stacked, .share = 0.6},
     .build = build_matrix_scene,
     .locate = locate_matrix},
    {.id = "layers",
     .title = "Layers",
     .meaning = "The layers as rows or columns of neurons, with the links between them",
     .needs = {.layers = true},
     .options = layers_options,
     .window = WindowPlace::left,
     .figure = {.aspect = 0.5, .most = 0.5, .role = FigureRole::stacked, .share = 0.4},
     .build = build_layers_scene,
     .locate = locate_layers},
    {.id = "disk",
     .title = "Hyperbolic disk",
     .meaning = "The neurons at their places in the hyperbolic disk, links as geodesics",
     .needs = {.embedding = true},
     .options = disk_options,
     .window = WindowPlace::right,
     .figure = {.aspect = 1.0, .most = 1.15, .role = FigureRole::leading},
     .build = build_disk_scene,
     .locate = locate_disk},
    {.id = "stack",
     .title = "Stack",
     .meaning = "The layers as planes on each other, which a drag turns, with the links between them",
     .needs = {.layers = true},
     .options = stack_options,
     .window = WindowPlace::alone,
     .figure = {.aspect = 1.0, .most = 1.15},
     .build = build_stack_scene,
     .locate = locate_stack},
    {.id = "degree",
     .title = "Degree distribution",
     .meaning = "How many neurons have k links or more: all links (dots), links in and out by layer (lines), and the "
                "fitted power law from its smallest degree on",
     .needs = {.measure = power_law_measure},
     .window = WindowPlace::measures_dock,
     .figure = {.aspect = 0.7, .most = 0.7},
     .build = build_degree_scene,
     .locate = locate_degree},
    {.id = "measures",
     .title = "Measures",
     .meaning = "The measures of the network, each with its method",
     .needs = {.measures = true},
     .window = WindowPlace::none,
     .figure = {.aspect = 0.8, .most = 0.8},
     .build = build_measures_scene},
};

constexpr bool is_among_pictures(const NetworkScene& scene) {
  return scene.window == WindowPlace::left || scene.window == WindowPlace::right || scene.window == WindowPlace::alone;
}
static_assert(std::ranges::is_partitioned(scenes, is_among_pictures));
constexpr auto network_scene_count = std::ranges::count_if(scenes, is_among_pictures);

/// Adds what is needed to what was needed before.
void add(PictureDemand& demand, const PictureNeeds& needs) {
  demand.embedding |= needs.embedding;
  demand.before |= needs.before;
  if (needs.measures) demand.measures = row_ids(measure_table());
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
    std::array<Choice, std::size(scenes) + 2> made{
        Choice{all_pictures, "All, with the measures", "Every picture of the network, with its measures below"}};
    std::ranges::transform(scenes, made.begin() + 1, [](const NetworkScene& scene) {
      return Choice{scene.id, scene.title, scene.meaning};
    });
    made.back() = {neuron_panel, "Dendrites", "The dendrites, receptive window and synapses of one selected neuron"};
    return made;
  }();
  return choices;
}

std::vector<const NetworkScene*> pictures_of(std::string_view panel) {
  const std::string_view id = look_up(panel_choices(), panel, "panel").id;
  if (id == neuron_panel) return {};
  if (id != all_pictures) return {&network_scene(panel)};
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
  if (demand.before) needed.before = input.before;
  needed.names = input.names;
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

}  // namespace dnm
