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
};

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
