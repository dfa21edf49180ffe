// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/embedding/hyperbolic_disk.h"
#include "core/parameters/parameter_table.h"
#include "viz/scenes/scene_input.h"

namespace dnm {

/// layer: by layer, or as the colouring of neurons asks; dendrite: by dendrite; change: kept, removed and new since the
/// network before it, and as layer where there is none.
enum class LinkColoring { layer, dendrite, change };
/// How rows and columns of the matrix are ordered.
enum class NodeOrder { number, community };
enum class Orientation { rows, columns };
/// How links are drawn where they are lines: as many lines as can be seen through, or how many of them lie on each
/// other; automatic: as density from many links on (see shows_density()).
enum class LinkDrawing { automatic, lines, density };
/// Where links between two layers run: straight, or those of one dendrite together.
enum class LinkBundles { none, dendrite };

/// What the user chooses about the look of the pictures: exactly the rows of picture_option_table().
struct PictureOptions {
  std::string node_coloring{"layer"};  ///< id of a row of node_coloring_table()
  LinkColoring link_coloring = LinkColoring::change;
  NodeOrder order = NodeOrder::number;
  Orientation orientation = Orientation::rows;
  DiskProjection::Kind disk = DiskProjection::Kind::poincare;
  double poincare = 0.5;  ///< of a disk between the native one (0) and that of Poincaré (1)
  LinkDrawing link_drawing = LinkDrawing::automatic;
  LinkBundles bundles = LinkBundles::none;
  // Times what the picture chooses by its size and its number of links.
  double link_opacity = 1.0;
  double line_width = 1.0;
  double node_size = 1.0;
  double turn = 30.0;  ///< of the stack about its axis, in degrees
  bool operator==(const PictureOptions&) const = default;
};

/// The ways to draw the pictures, each a choice or a number. The options of `dnm figure`,
/// the menus of the window and the keys of a session are made from these rows. Add one: a member of PictureOptions, a
/// row in picture_options.cpp, and its id in the rows of the pictures that follow it.
[[nodiscard]] const ParameterTable<PictureOptions>& picture_option_table();

/// What a picture that follows the option of this id needs for the value it has.
[[nodiscard]] PictureNeeds needs_of(std::string_view option, const PictureOptions& options);

}  // namespace dnm
