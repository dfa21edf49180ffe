// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "core/models/allocation.h"
#include "core/models/initialiser.h"
#include "core/models/model_parameters.h"
#include "core/parameters/parameter_part.h"
#include "core/support/error.h"

namespace dnm {

namespace {

constexpr Range layer_size_range{1, 2147483647, 1, true};
/// Networks have a few dendrites a neuron; on a scale up to the maximum these would be too close together.
constexpr double usual_dendrites = 31.0;

constexpr std::array<Spread, 4> degree_spreads{{
    {Family::gaussian,
     "standard deviation",
     "links",
     "k_j ~ N(k̄, s)",
     {0, 1000, 0.1, false},
     [](double) { return 2.0; }},
    {Family::uniform,
     "half width",
     "times the mean degree",
     "k_j ~ U(k̄ - w·k̄, k̄ + w·k̄), clipped to [1, n_in]",
     {0, 10, 0.05, false},
     [](double) { return 4.0; }},
    {Family::spatial_gaussian,
     "σ",
     "times the mean degree, in neurons",
     "k_j ∝ exp(-d_j² / 2(σ·k̄)²), d_j = |j - (n_out-1)/2|",
     {0.1, 1000, 0.05, true},
     [](double) { return 2.0; }},
    {Family::spatial_inverse_gaussian,
     "σ",
     "times the mean degree, in neurons",
     "k_j ∝ 1 - exp(-d_j² / 2(σ·k̄)²), d_j = |j - (n_out-1)/2|",
     {0.1, 1000, 0.05, true},
     [](double) { return 2.0; }},
}};

constexpr std::array<Spread, 4> dendrite_spreads{{
    {Family::gaussian,
     "standard deviation",
     "dendrites",
     "M_j ~ N(M, s), default s = M/4",
     {.minimum = 0, .maximum = 1000, .step = 0.1, .soft_maximum = usual_dendrites},
     [](double mean) { return mean / 4.0; }},
    {Family::uniform,
     "half width",
     "dendrites",
     "M_j ~ U(M - w, M + w), default w = M",
     {.minimum = 0, .maximum = 1000, .step = 0.1, .soft_maximum = usual_dendrites},
     [](double mean) { return mean; }},
    {Family::spatial_gaussian,
     "σ",
     "of the layer's width",
     "M_j ∝ exp(-d_j² / 2(σ·n_out)²), mean M",
     {0.001, 10, 0.005, true},
     [](double) { return 0.14; }},
    {Family::spatial_inverse_gaussian,
     "σ",
     "of the layer's width",
     "M_j ∝ 1 - 0.9·exp(-d_j² / 2(σ·n_out)²), mean M",
     {0.001, 10, 0.005, true},
     [](double) { return 0.14; }},
}};

constexpr std::array<Spread, 4> receptive_field_spreads{{
    {Family::gaussian,
     "standard deviation",
     "",
     "α_j ~ N(α, s), clipped to [0, 1]",
     {0, 1, 0.01, false},
     [](double) { return 0.05; }},
    {Family::uniform,
     "half width",
     "",
     "α_j ~ U(α - w, α + w), clipped to [0, 1]",
     {0, 1, 0.01, false},
     [](double) { return 0.25; }},
    {Family::spatial_gaussian,
     "standard deviation",
     "",
     "α_j ~ N(1 - d_j/c, s), c = (n_out-1)/2, clipped to [0, 1]; the mean is not used",
     {0, 1, 0.01, false},
     [](double) { return 0.05; }},
    {Family::spatial_inverse_gaussian,
     "standard deviation",
     "",
     "α_j ~ N(α·d_j/c, s), c = (n_out-1)/2, clipped to [0, 1]",
     {0, 1, 0.01, false},
     [](double) { return 0.05; }},
}};

constexpr std::array<Spread, 4> synapse_spreads{{
    {Family::gaussian,
     "standard deviation",
     "times k_j / M_j",
     "n_m ~ N(μ, s·μ), μ = k_j/M_j, scaled to sum k_j",
     {0, 10, 0.05, false},
     [](double) { return 0.25; }},
    {Family::uniform,
     "half width",
     "times k_j / M_j",
     "n_m ~ U(max(1, μ - w·μ), μ + w·μ), μ = k_j/M_j, scaled to sum k_j",
     {0, 10, 0.05, false},
     [](double) { return 2.0; }},
    {Family::spatial_gaussian,
     "σ",
     "of the number of inputs",
     "multinomial, p_m ∝ exp(-δ_m² / 2(σ·n_in)²), δ_m = distance of dendrite m from the neuron's own place",
     {0.001, 10, 0.005, true},
     [](double) { return 0.1; }},
    {Family::spatial_inverse_gaussian,
     "σ",
     "of the number of inputs",
     "multinomial, p_m ∝ exp(-(max δ - δ_m)² / 2(σ·n_in)²): the farthest dendrites get most",
     {0.001, 10, 0.005, true},
     [](double) { return 0.1; }},
}};

constexpr std::array<Choice, 2> border_choices{{
    {"wrap", "Wrap around", "The inputs form a ring: what leaves at one end comes back at the other."},
    {"bounded", "Bounded", "The inputs end at the borders: dendrites push each other away from them."},
}};

constexpr std::array<Choice, 2> fill_choices{{
    {"window", "Within the window",
     "A synapse that finds its input taken goes to the nearest free input, inside the receptive window first."},
    {"anywhere", "Anywhere",
     "A synapse that finds its input taken goes to a random free input (wrap) or to the free input nearest the "
     "neuron's own place (bounded)."},
}};

constexpr std::array<Choice, 3> allocation_words{{
    {"uniform", "Uniform", "Every layer has the same sparsity."},
    {"er", "Erdős-Rényi", "Links in proportion to n_in + n_out: small layers are denser, the sum stays the same."},
    {"erk", "Erdős-Rényi, kernels",
     "As er, with the sides of convolution kernels added; layers without kernels, as here, get the same as by er."},
}};

constexpr std::array<Choice, 2> side_choices{{
    {"output", "Output neurons", "Every output neuron has a receptive field among the inputs."},
    {"smaller", "Smaller side",
     "The neurons of the smaller layer have a field in the larger one, as in the method's published code."},
}};

constexpr std::array<Choice, 2> snip_scope_choices{{
    {"network", "Whole network", "The most salient links of all layers together; layers differ in sparsity."},
    {"layer", "Each layer", "The most salient links of each layer, as many as its sparsity says."},
}};

constexpr AppliesWhen dendritic{"model", "dnm"};

/// For the initialisers whose rows have this property.
template <bool Initialiser::*property>
AppliesWhen initialiser_with() {
  static const std::string ids = [] {
    std::string listed;
    for (const Initialiser& row : initialiser_table()) {
      if (row.*property) listed.append(listed.empty() ? "" : " ").append(row.id);
    }
    return listed;
  }();
  return {"model", ids};
}

std::span<const Choice> initialiser_choices() {
  static const std::vector<Choice> choices = choices_of(initialiser_table());
  return choices;
}

/// Overrides of layers that a shorter list takes away go with them; those of layers yet to come stay.
void set_layer_sizes(ModelParameters& parameters, const ParameterValue& value) {
  const std::size_t before = parameters.layer_count();
  parameters.layer_sizes.clear();
  for (const std::int64_t size : std::get<std::vector<std::int64_t>>(value)) {
    parameters.layer_sizes.push_back(static_cast<NodeIndex>(size));
  }
  for (std::size_t layer = parameters.layer_count(); layer < before; ++layer) parameters.overrides.erase(layer);
}

void set_allocation(ModelParameters& parameters, const ParameterValue& value) {
  const auto& text = std::get<std::string>(value);
  static_cast<void>(parse_allocation(text));
  parameters.allocation = text;
}

std::vector<Parameter<ModelParameters>> make_rows() {
  using M = ModelParameters;
  using L = LayerParameters;
  const AppliesWhen sparse = initialiser_with<&Initialiser::meets_sparsity>();
  const AppliesWhen learns_from_data = initialiser_with<&Initialiser::learns_from_data>();
  return {
      parameter<&M::initialiser>({.id = "model",
                                  .label = "Initialiser",
                                  .meaning = "How the topology of the network is drawn.",
                                  .choices = initialiser_choices()}),
      parameter<&M::layer_sizes>({.id = "layers",
                                  .symbol = "n",
                                  .label = "Layers",
                                  .meaning = "Neurons in each layer, inputs first; each layer is joined to the next.",
                                  .unit = "neurons",
                                  .range = layer_size_range},
                                 set_layer_sizes),
      parameter<&M::shared, &L::sparsity>(
          {.id = "sparsity",
           .symbol = "s",
           .label = "Sparsity",
           .meaning = "Share of the possible links that are left out; the number of links is met exactly.",
           .formula = "T = round((1 - s)·n_in·n_out) links per layer, mean degree k̄ = (1 - s)·n_in",
           .range = sparsity_range,
           .applies = sparse,
           .per_layer = true}),
      parameter<&M::allocation>(
          {.id = "allocation",
           .label = "Allocation",
           .meaning = "How the links are shared out among the layers, or a sparsity for each by hand; a layer whose "
                      "sparsity is set for itself alone keeps it.",
           .formula = "er, erk: T_l ∝ n_in + n_out, Σ T_l as with uniform, no layer above full",
           .kind = ParameterKind::text,
           .choices = allocation_words,
           .applies = sparse},
          set_allocation),
      parameter<&M::shared, &L::degree>(
          {.id = "degree",
           .symbol = "k",
           .label = "Degree",
           .meaning = "How the links are shared out among the output neurons; the mean follows from the sparsity.",
           .formula = "Σ k_j = T, 1 ≤ k_j ≤ n_in",
           .unit = "links",
           .choices = family_choices(),
           .spreads = degree_spreads,
           .applies = dendritic,
           .per_layer = true}),
      parameter<&M::shared, &L::dendrites>(
          {.id = "dendrites",
           .symbol = "M",
           .label = "Dendrites",
           .meaning = "Branches of an output neuron; each is a run of consecutive inputs.",
           .formula = "1 ≤ M_j ≤ k_j",
           .unit = "dendrites",
           .range = {.minimum = 1, .maximum = 1000, .step = 1, .logarithmic = true, .soft_maximum = usual_dendrites},
           .choices = family_choices(),
           .spreads = dendrite_spreads,
           .has_mean = true,
           .default_mean = L{}.dendrites.mean,
           .applies = dendritic,
           .per_layer = true}),
      parameter<&M::shared, &L::receptive_field>(
          {.id = "receptive-field",
           .symbol = "α",
           .label = "Receptive field",
           .meaning = "How far a neuron's dendrites spread: from 0, close around its own place, to 1, over all inputs.",
           .formula = "window W_j = k_j + α_j·(n_in - k_j) inputs",
           .range = {0.0, 1.0, 0.01, false},
           .choices = family_choices(),
           .spreads = receptive_field_spreads,
           .has_mean = true,
           .default_mean = L{}.receptive_field.mean,
           .applies = dendritic,
           .per_layer = true}),
      parameter<&M::shared, &L::synapses>({.id = "synapses",
                                           .symbol = "S",
                                           .label = "Synapses",
                                           .meaning = "How a neuron's links are shared out among its dendrites.",
                                           .formula = "Σ n_m = k_j, mean k_j / M_j",
                                           .unit = "links",
                                           .choices = family_choices(),
                                           .spreads = synapse_spreads,
                                           .applies = dendritic,
                                           .per_layer = true}),
      parameter<&M::shared, &L::border>(
          {.id = "border",
           .label = "Border",
           .meaning = "What happens to a dendrite that would cross the end of the input layer.",
           .choices = border_choices,
           .applies = dendritic,
           .per_layer = true}),
      parameter<&M::shared, &L::fill>(
          {.id = "fill",
           .label = "Fill",
           .meaning = "Where synapses go whose inputs are taken already, so that every degree is met exactly.",
           .choices = fill_choices,
           .applies = dendritic,
           .per_layer = true}),
      parameter<&M::shared, &L::rewiring>(
          {.id = "rewiring",
           .symbol = "p",
           .label = "Rewiring",
           .meaning = "Probability that a link is moved to a random empty place.",
           .formula = "each link removed with probability p, as many put back uniformly",
           .range = {0.0, 1.0, 0.01, false},
           .applies = dendritic,
           .per_layer = true}),
      parameter<&M::shared, &L::beta>(
          {.id = "beta",
           .symbol = "β",
           .label = "Randomness",
           .meaning = "Probability that a link of the bipartite small world is moved to a random empty place: 0 is a "
                      "regular band, 1 is random.",
           .formula = "k_j consecutive inputs around j·n_in/n_out, each removed with probability β, as many put back "
                      "uniformly",
           .range = {0.0, 1.0, 0.01, false},
           .applies = {"model", "bsw"},
           .per_layer = true}),
      parameter<&M::shared, &L::range>(
          {.id = "range",
           .symbol = "r",
           .label = "Range",
           .meaning = "How far a receptive field reaches: 0 takes the nearest inputs, 1 takes any input alike.",
           .formula = "k_j inputs without replacement, p ∝ (1 + t)^(-(1-r)/r), t = ring distance from the neuron's own "
                      "place",
           .range = {0.0, 1.0, 0.01, false},
           .applies = {"model", "brf"},
           .per_layer = true}),
      parameter<&M::shared, &L::side>(
          {.id = "side",
           .label = "Fields of",
           .meaning = "Which neurons of a layer have receptive fields, all of the same size.",
           .choices = side_choices,
           .applies = {"model", "brf"},
           .per_layer = true}),
      parameter<&M::snip_scope>({.id = "snip-scope",
                                 .label = "Scope",
                                 .meaning = "Where the most salient links are looked for.",
                                 .formula = "the T largest |w·∂L/∂w|",
                                 .choices = snip_scope_choices,
                                 .applies = {"model", "snip"}}),
      parameter<&M::data_set>(
          {.id = "data",
           .label = "Data set",
           .meaning = "The data set whose training images the initialiser learns from; the first layer must be as "
                      "large as its images.",
           .applies = learns_from_data}),
      parameter<&M::data_folder>(
          {.id = "data-dir",
           .label = "Data folder",
           .meaning = "The folder with the data set's files; empty: where the system keeps them.",
           .kind = ParameterKind::path,
           .applies = learns_from_data}),
      parameter<&M::seed>(
          {.id = "seed",
           .label = "Seed",
           .meaning = "Start of the random numbers: the same parameters and seed give the same network everywhere.",
           .range = seed_range}),
  };
}

}  // namespace

const ParameterTable<ModelParameters>& model_parameter_table() {
  static const ParameterTable<ModelParameters> table("model parameter", make_rows());
  return table;
}

}  // namespace dnm
