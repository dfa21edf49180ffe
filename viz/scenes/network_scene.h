// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/task_control.h"
#include "viz/scenes/node_coloring.h"
#include "viz/scenes/node_places.h"
#include "viz/scenes/picture_options.h"
#include "viz/scenes/scene.h"
#include "viz/scenes/scene_input.h"

namespace dnm {

/// All that decides how a picture is drawn: the choices of the user, and the device it is drawn for.
struct SceneOptions : PictureOptions {
  std::size_t link_limit = 20000;  ///< more links are thinned out evenly, and the scene's note says so
  bool legend = true;              ///< say what the colours mean, where the picture alone does not
  bool draft = false;              ///< while something is dragged: links of a density are thinned out as well
  bool dark = false;               ///< screen palette; paper is always light
  Rectangle viewport{0, 0, 0, 0};  ///< visible part in data coordinates (zero: all) …
  double pixels_across = 800.0;    ///< … and its width on the device: the matrix shows density or single links by it
  /// The area the picture fills on the screen or page, in points: layouts, gaps, node sizes and transparency follow it.
  double width_points = 600.0;
  double height_points = 450.0;
  double text_size = 7.0;  ///< of titles, in points; tick labels are 1/7 smaller
  bool operator==(const SceneOptions&) const = default;
};

/// Where the window shows a picture: among the pictures side by side, in the left or right column, one below the other
/// in the order of the table; in place of all of them, once it is chosen; in the dock of the measures; or in figures
/// alone.
enum class WindowPlace { left, right, alone, measures_dock, none };

/// Where a picture stands in the figure of all pictures of a network: leading is a square at the left, with the legend
/// of all; stacked are one below the other at the right.
enum class FigureRole { none, leading, stacked };
struct FigurePlace {
  double aspect = 1.0;  ///< height over width of a figure of this picture alone, if that leaves no empty bands …
  double most = 1.0;    ///< … and at most, for a picture that needs more height to be as wide as the figure
  FigureRole role = FigureRole::none;
  double share = 0.0;  ///< of the height, of a stacked picture; those of all stacked pictures add up to 1
};

/// Builds a picture. Throws Cancelled once `control` is stopped.
using BuildScene = Scene(const SceneInput& input, const SceneOptions& options, const TaskControl& control);
/// Where the nodes are in that picture, whatever part of it is in view; null where it shows none. O(nodes + links).
/// Throws Cancelled.
using LocateNodes = NodePlacesPointer(const SceneInput& input, const SceneOptions& options, const TaskControl& control);

/// A picture of a network. Add one: one file, one row in network_scene.cpp.
struct NetworkScene {
  std::string_view id;       ///< as in `dnm figure --panel`: "matrix"
  std::string_view title;    ///< "Adjacency"
  std::string_view meaning;  ///< one sentence: what it shows
  PictureNeeds needs{};      ///< whatever the options; see demand_of()
  /// Ids of the rows of picture_option_table() it follows, in the order of its menu.
  std::span<const std::string_view> options{};
  WindowPlace window = WindowPlace::left;
  FigurePlace figure{};
  BuildScene* build = nullptr;
  LocateNodes* locate = nullptr;  ///< null: nothing in it can be pointed at
};
/// The pictures of the network itself, as the window shows them side by side or one alone.
[[nodiscard]] std::span<const NetworkScene> network_scene_table();
/// These, and the charts of its figures: all that `dnm figure` can draw.
[[nodiscard]] std::span<const NetworkScene> figure_scene_table();
/// Of figure_scene_table(). Throws InvalidInput for another id.
[[nodiscard]] const NetworkScene& network_scene(std::string_view id);

/// The panel that holds every picture with a FigureRole, and the measures below.
inline constexpr std::string_view all_pictures = "all";
/// The panel of one neuron's dendrites, which neuron_scene() draws.
inline constexpr std::string_view neuron_panel = "neuron";
/// What a figure can show of a network: all_pictures, the pictures of figure_scene_table() and neuron_panel.
[[nodiscard]] std::span<const Choice> panel_choices();
/// The pictures of the network that a panel holds: none for neuron_panel. Throws InvalidInput for an id that is not of
/// panel_choices().
[[nodiscard]] std::vector<const NetworkScene*> pictures_of(std::string_view panel);

/// What a picture is made of under certain options: its own needs and those of the options that it follows.
struct PictureDemand {
  bool embedding = false;
  bool before = false;
  std::vector<std::string_view> measures{};  ///< ids
};
[[nodiscard]] PictureDemand demand_of(const NetworkScene& scene, const PictureOptions& options);
/// `input` without what the picture is not made of: it need not be drawn again for news of anything else.
[[nodiscard]] SceneInput input_for(const NetworkScene& scene, const PictureOptions& options, const SceneInput& input);
/// `options` with the defaults in place of those that the picture does not follow.
[[nodiscard]] SceneOptions options_for(const NetworkScene& scene, const SceneOptions& options);

}  // namespace dnm
