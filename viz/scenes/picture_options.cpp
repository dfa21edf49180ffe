// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/picture_options.h"

#include <array>
#include <vector>

#include "viz/scenes/node_coloring.h"

namespace dnm {

namespace {

std::span<const Choice> color_choices() {
  static const std::vector<Choice> choices = [] {
    std::vector<Choice> made;
    for (const NodeColoring& coloring : node_coloring_table()) {
      made.push_back({coloring.id, coloring.label, coloring.meaning});
    }
    return made;
  }();
  return choices;
}
constexpr std::array link_choices{
    Choice{"layer", "As the neurons", "Links have the colour of their layer, or of their community."},
    Choice{"dendrite", "By dendrite", "Runs of neighbouring inputs of one neuron have a colour each."},
    Choice{"change", "By what changed",
           "Links of a run that an update kept, removed and added; those of other networks as the neurons."},
};
constexpr std::array order_choices{
    Choice{"number", "By number", "Rows and columns of the matrix stand in the order of the neurons."},
    Choice{"community", "By community", "Rows and columns of one community stand together, so that blocks show."},
};
constexpr std::array orientation_choices{
    Choice{"rows", "Layers as rows", "Every layer is a row, the inputs at the bottom."},
    Choice{"columns", "Layers as columns", "Every layer is a column, the inputs on the left."},
};
constexpr std::array disk_choices{
    Choice{"poincare", "Poincaré disk", "Distance from the centre is tanh(r/2): angles are true."},
    Choice{"native", "Native disk", "Distance from the centre is the hyperbolic radius: radii are true."},
    Choice{"between", "Between", "Distance from the centre is the mean of both, weighted by the slider."},
};
constexpr std::array drawing_choices{
    Choice{"automatic", "Automatic", "Density from 20,000 links on, single lines below."},
    Choice{"lines", "As lines", "Each link is a line that can be seen through; at most 20,000 of them."},
    Choice{"density", "As density", "The colour shows how many links lie on each other; all links count."},
};
constexpr std::array bundle_choices{
    Choice{"none", "Straight", "Each link is a straight line."},
    Choice{"dendrite", "By dendrite", "Links of one dendrite run together before they reach their neuron."},
};
/// Times what the picture chooses by itself.
constexpr Range factor_range{0.1, 10.0, 0.1, true};

/// What the options that are not a matter of drawing alone need.
struct OptionNeeds {
  std::string_view option;
  PictureNeeds (*needs)(const PictureOptions&);
};
constexpr std::array option_needs{
    OptionNeeds{"color", [](const PictureOptions& options) { return node_coloring(options.node_coloring).needs; }},
    OptionNeeds{"order",
                [](const PictureOptions& options) {
                  return options.order == NodeOrder::community ? PictureNeeds{.measure = community_measure}
                                                               : PictureNeeds{};
                }},
    OptionNeeds{"links",
                [](const PictureOptions& options) {
                  return PictureNeeds{.before = options.link_coloring == LinkColoring::change};
                }},
};

}  // namespace

const ParameterTable<PictureOptions>& picture_option_table() {
  using P = PictureOptions;
  static const ParameterTable<P> table(
      "picture option",
      {
          parameter<&P::node_coloring>({.id = "color",
                                        .label = "Colour neurons by",
                                        .meaning = "What the colour of a neuron means",
                                        .choices = color_choices(),
                                        .key = "node_coloring"}),
          parameter<&P::link_coloring>({.id = "links",
                                        .label = "Colour links",
                                        .meaning = "What the colour of a link means",
                                        .choices = link_choices,
                                        .key = "link_coloring"}),
          parameter<&P::order>({.id = "order",
                                .label = "Order of the matrix",
                                .meaning = "Order of the rows and columns of the matrix",
                                .choices = order_choices}),
          parameter<&P::orientation>({.id = "orientation",
                                      .label = "Orientation",
                                      .meaning = "How the layers lie",
                                      .choices = orientation_choices}),
          parameter<&P::disk>(
              {.id = "disk", .label = "Disk", .meaning = "Which hyperbolic disk is drawn", .choices = disk_choices}),
          parameter<&P::poincare>({.id = "poincare",
                                   .label = "Between the disks",
                                   .meaning =
                                       "Weight of the Poincaré disk in the disk between: 0 is the native disk, 1 "
                                       "that of Poincaré",
                                   .formula = "ρ = w·tanh(r/2) + (1 - w)·r/r_max",
                                   .range = {0.0, 1.0, 0.01, false},
                                   .applies = {"disk", "between"}}),
          parameter<&P::link_drawing>({.id = "link-drawing",
                                       .label = "Draw links",
                                       .meaning = "Single lines, or how many links lie on each other",
                                       .choices = drawing_choices,
                                       .key = "link_drawing"}),
          parameter<&P::bundles>({.id = "bundles",
                                  .label = "Bundle links",
                                  .meaning = "Which links between two layers run together",
                                  .choices = bundle_choices}),
          parameter<&P::link_opacity>({.id = "link-opacity",
                                       .label = "Opacity of links",
                                       .meaning = "Times the opacity that the picture chooses by its number of links",
                                       .range = factor_range,
                                       .key = "link_opacity"}),
          parameter<&P::line_width>({.id = "line-width",
                                     .label = "Width of lines",
                                     .meaning = "Times the width that the picture chooses for its links",
                                     .range = factor_range,
                                     .key = "line_width"}),
          parameter<&P::node_size>({.id = "node-size",
                                    .label = "Size of neurons",
                                    .meaning = "Times the size that the picture chooses for its neurons",
                                    .range = factor_range,
                                    .key = "node_size"}),
          parameter<&P::turn>({.id = "turn",
                               .label = "Turn of the stack",
                               .meaning = "By how much the stack is turned about its axis",
                               .unit = "degrees",
                               .range = {0.0, 360.0, 1.0, false}}),
      });
  return table;
}

PictureNeeds needs_of(std::string_view option, const PictureOptions& options) {
  for (const OptionNeeds& row : option_needs) {
    if (row.option == option) return row.needs(options);
  }
  return {};
}

}  // namespace dnm
