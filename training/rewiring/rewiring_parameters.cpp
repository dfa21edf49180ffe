// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/parameters/parameter_part.h"
#include "core/support/error.h"
#include "training/rewiring/composed_rule.h"
#include "training/support/setting_groups.h"

namespace dnm {
namespace {

std::span<const Choice> first_weight_choices() {
  static constexpr std::array choices{
      Choice{"off", "0", "It starts with 0."},
      Choice{"on", "Their last one", "It starts with the one that it last had; with 0 where it never was."},
  };
  return choices;
}

std::span<const Choice> dead_end_choices() {
  static constexpr std::array choices{
      Choice{"off", "Stay", "They stay."},
      Choice{"on", "Are removed", "They go too, and grow elsewhere."},
  };
  return choices;
}

std::span<const Choice> head_choices() {
  static constexpr std::array choices{
      Choice{"together", "Together", "A matrix is one layer: its links move among all its heads."},
      Choice{"apart", "Apart", "Each head's part is a layer of its own, which keeps its number of links."},
  };
  return choices;
}

/// Throws InvalidInput where updates would take the place of all learning.
void check(const RewiringSettings& settings) {
  const RewiringSchedule& schedule = settings.schedule;
  if (schedule.interval_unit == IntervalUnit::steps && schedule.interval < 2) {
    throw InvalidInput(
        "an update takes the place of a learning step, so one at every step leaves none to learn by; "
        "give --rewire-every 2 or more, 100 for example");
  }
  if (schedule.decay != DensityDecay::none && settings.final_sparsity == 0.0) {
    throw InvalidInput(
        "nothing says at which sparsity the falling density of this network ends, since no model draws it; "
        "give --final-sparsity");
  }
}

const ParameterTable<RewiringSettings>& rewiring_parameter_table() {
  using S = RewiringSettings;
  using T = RewiringSchedule;
  static const ParameterTable<S> table(
      "rewiring parameter",
      {
          parameter<&S::schedule, &T::interval>({.id = "rewire-every",
                                                 .symbol = "ΔT",
                                                 .label = "Update every",
                                                 .meaning = "Epochs or steps from one update to the next.",
                                                 .range = {1, 1e6, 1, true}}),
          parameter<&S::schedule, &T::interval_unit>({.id = "rewire-unit",
                                                      .label = "Counted in",
                                                      .meaning = "What the interval counts.",
                                                      .choices = interval_unit_choices(),
                                                      .group = more_settings}),
          parameter<&S::schedule, &T::end>({.id = "rewire-end",
                                            .symbol = "T_end",
                                            .label = "Rewire until",
                                            .meaning = "The fraction of the training in which links are rewired.",
                                            .range = {0.01, 1, 0.01, false}}),
          parameter<&S::schedule, &T::zeta>({.id = "zeta",
                                             .symbol = "ζ",
                                             .label = "Rewired fraction",
                                             .meaning = "The fraction of a layer's links that an update moves.",
                                             .range = {0, 1, 0.01, false}}),
          parameter<&S::schedule, &T::zeta_schedule>({.id = "zeta-schedule",
                                                      .label = "Schedule of ζ",
                                                      .meaning = "How the rewired fraction changes with time.",
                                                      .formula = "ζ(t) = (ζ/2)·(1 + cos(πt/T_end))",
                                                      .choices = zeta_schedule_choices(),
                                                      .group = more_settings}),
          parameter<&S::removal_score>({.id = "removal-score",
                                        .label = "Remove by",
                                        .meaning = "By what the links that go are judged: small ones go.",
                                        .choices = removal_score_choices(),
                                        .group = more_settings}),
          parameter<&S::removal>({.id = "removal",
                                  .label = "Links that stay",
                                  .meaning = "How the links that stay are chosen by their scores.",
                                  .choices = selection_choices(),
                                  .group = more_settings}),
          parameter<&S::schedule, &T::tau_start>(
              {.id = "tau-start",
               .symbol = "τ₀",
               .label = "Start exponent",
               .meaning = "Links stay in proportion to their score raised to this power at the start.",
               .formula = "τ(t) = τ₀ + (τ₁ - τ₀)·t/T_end",
               .range = {0, 20, 0.1, false},
               .applies = {"removal", "sampled"},
               .group = more_settings}),
          parameter<&S::schedule, &T::tau_end>({.id = "tau-end",
                                                .symbol = "τ₁",
                                                .label = "End exponent",
                                                .meaning = "The power at the end of the rewiring.",
                                                .range = {0, 20, 0.1, false},
                                                .applies = {"removal", "sampled"},
                                                .group = more_settings}),
          parameter<&S::chain_removal>({.id = "chain-removal",
                                        .label = "Dead ends",
                                        .meaning = "What becomes of links that lie on no path through the layers.",
                                        .choices = dead_end_choices(),
                                        .group = more_settings}),
          parameter<&S::heads>({.id = "rewire-heads",
                                .label = "Heads are rewired",
                                .meaning = "Whether the parts of a matrix that belong to the heads of an attention "
                                           "are rewired together or apart.",
                                .choices = head_choices(),
                                .group = more_settings}),
          parameter<&S::growth_score>({.id = "growth-score",
                                       .label = "Grow by",
                                       .meaning = "By what missing links are judged: large ones grow.",
                                       .choices = growth_score_choices()}),
          parameter<&S::growth>({.id = "growth",
                                 .label = "Links that grow",
                                 .meaning = "How the links that grow are chosen by their scores.",
                                 .choices = selection_choices(),
                                 .applies = {"growth-score", "ch2-l3n ch3-l3n ch3-l3p"},
                                 .group = more_settings}),
          parameter<&S::gradient_batches>(
              {.id = "gradient-batches",
               .symbol = "g",
               .label = "Gradient over",
               .meaning = "How many batches of the epoch the gradient is averaged over, the present one and those "
                          "before it.",
               .unit = "batches",
               .range = {1, 1000, 1, true},
               .group = more_settings}),
          parameter<&S::historical_weights>({.id = "historical-weights",
                                             .label = "Weight of new links",
                                             .meaning = "What weight a link that grows again starts with.",
                                             .choices = first_weight_choices(),
                                             .group = more_settings}),
          parameter<&S::start_sparsity>({.id = "start-sparsity",
                                         .symbol = "s_i",
                                         .label = "Start sparsity",
                                         .meaning = "The sparsity that the model's network is drawn with to begin; "
                                                    "a network from a file begins as it is.",
                                         .range = sparsity_range}),
          parameter<&S::final_sparsity>({.id = "final-sparsity",
                                         .symbol = "s_f",
                                         .label = "Final sparsity",
                                         .meaning = "The sparsity of each layer once the density has fallen; 0: that "
                                                    "of the model.",
                                         .range = sparsity_range}),
          parameter<&S::schedule, &T::decay_end>(
              {.id = "decay-end",
               .symbol = "t_f",
               .label = "Falls until",
               .meaning = "The fraction of the training over which the density falls.",
               .range = {0.01, 1, 0.01, false},
               .group = more_settings}),
          parameter<&S::schedule, &T::decay_steepness>({.id = "decay-steepness",
                                                        .symbol = "k",
                                                        .label = "Steepness",
                                                        .meaning = "How steep the sigmoid is along which it falls.",
                                                        .range = {0.1, 50, 0.1, true},
                                                        .group = more_settings}),
      });
  return table;
}

}  // namespace

RewiringMethod composed_method(const Choice& choice, WeightInit weight_init, const RewiringSettings& usual,
                               std::initializer_list<std::string_view> rows) {
  std::vector<Parameter<RewiringSettings>> chosen;
  for (const std::string_view id : rows) chosen.push_back(rewiring_parameter_table().at(id));
  const ParameterTable<RewiringSettings> table("rewiring parameter", std::move(chosen));
  const auto make = [table, usual](const ParameterValues& values) -> std::unique_ptr<RewiringRule> {
    const RewiringSettings settings = part_settings(table, values, usual);
    check(settings);
    return std::make_unique<ComposedRule>(settings);
  };
  std::vector<PartRow> shown = part_rows(table, usual);
  for (PartRow& row : shown) {
    if (row.info.id == "rewire-heads") row.info.applies = {"architecture", "transformer"};  // of another table
  }
  return {{choice, std::move(shown), make}, weight_init};
}

}  // namespace dnm
