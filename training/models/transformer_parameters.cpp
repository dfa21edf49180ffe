// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "training/models/threads_parameter.h"
#include "training/models/transformer_kind.h"
#include "training/support/setting_groups.h"

namespace dnm {
namespace {

constexpr std::array starts{
    Choice{"glorot", "Dense", "Glorot's uniform distribution for the dense matrix, as in the papers."},
    Choice{"sparse", "By density", "The same, wider by 1/√density: signals keep their size."},
};
constexpr std::array tables{
    Choice{"tied", "One", "One for both languages and the answers; it takes a common vocabulary."},
    Choice{"separate", "Separate", "One for each language, and one for the answers."},
};
constexpr std::array dendrite_sides{
    Choice{"outputs", "Outputs", "The outputs of every matrix, as the poster says."},
    Choice{"as-trained", "As trained",
           "As the papers' networks were drawn: the larger side of a matrix, and of a square one the inputs."},
};

}  // namespace

const ParameterTable<TransformerParameters>& transformer_table() {
  using P = TransformerParameters;
  static const ParameterTable<P> table(
      "parameter of the Transformer",
      {parameter<&P::blocks>({.id = "blocks",
                              .label = "Blocks",
                              .meaning = "Blocks of the encoder, and as many of the decoder.",
                              .range = {1, 100, 1, false}}),
       parameter<&P::width>({.id = "width",
                             .symbol = "d",
                             .label = "Features",
                             .meaning = "Features of a token: even, and a multiple of the heads.",
                             .range = {2, 65536, 64, true}}),
       parameter<&P::heads>({.id = "heads",
                             .symbol = "h",
                             .label = "Heads",
                             .meaning = "Heads of each attention, which share the features out evenly.",
                             .range = {1, 1024, 1, false}}),
       parameter<&P::feed_forward>({.id = "feed-forward",
                                    .label = "Feed-forward",
                                    .meaning = "Hidden neurons of the feed-forward layers.",
                                    .unit = "neurons",
                                    .range = {1, 1048576, 64, true}}),
       parameter<&P::tables>({.id = "tables",
                              .label = "Tables of pieces",
                              .meaning = "The dense tables that give each piece its features and score the answers.",
                              .choices = tables,
                              .group = more_settings}),
       parameter<&P::start>({.id = "matrix-init",
                             .label = "Weight start",
                             .meaning = "The uniform distribution the matrices' first weights are drawn from.",
                             .formula = "U(±√(6/(n_in + n_out)))",
                             .choices = starts,
                             .group = more_settings}),
       parameter<&P::dendrites_on>({.id = "dendrites-on",
                                    .label = "Dendrites on",
                                    .meaning = "Which neurons of a matrix the model gives receptive fields.",
                                    .choices = dendrite_sides,
                                    .group = more_settings}),
       parameter<&P::threads>(threads_parameter)});
  return table;
}

TransformerShape transformer_shape(const TransformerParameters& parameters, const TaskShape& task) {
  const auto size = [](std::int64_t value) { return static_cast<std::size_t>(value); };
  return {size(parameters.blocks),
          size(parameters.width),
          size(parameters.heads),
          size(parameters.feed_forward),
          task.inputs,
          task.outputs,
          parameters.tables == PieceTables::tied};
}

std::vector<MatrixRequest> TransformerKind::matrices(const TransformerParameters& parameters) {
  TransformerShape shape = transformer_shape(parameters, {});
  shape.source_pieces = shape.target_pieces = TransformerShape{}.source_pieces;  // no matrix depends on them
  std::vector<MatrixRequest> made = transformer_matrices(shape);
  for (MatrixRequest& matrix : made) {
    matrix.dendrites_on_inputs = parameters.dendrites_on == DendritesOn::as_trained && matrix.n_in >= matrix.n_out;
  }
  return made;
}

std::vector<RecipeValue> TransformerKind::usual_settings(const TrainingSettings& settings) {
  const std::span<const RecipeValue> of_recipe = look_up(recipe_table(), settings.recipe, "recipe").values;
  std::vector<RecipeValue> usual(of_recipe.begin(), of_recipe.end());
  const std::vector<RecipeValue> rewiring = usual_rewiring(settings);
  usual.insert(usual.end(), rewiring.begin(), rewiring.end());
  return usual;
}

std::vector<RecipeValue> TransformerKind::usual_rewiring(const TrainingSettings& settings) {
  return {{"rewire-every", "100"},
          {"rewire-unit", "steps"},
          {"removal-score", "magnitude"},
          {"tau-start", "1"},
          {"tau-end", "3"},
          {"lr-schedule", settings.method == TrainingSettings{}.method ? "noam" : "inoam"}};
}

}  // namespace dnm
