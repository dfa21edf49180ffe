// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/measure_setting.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "core/parameters/look_up.h"
#include "core/parameters/parameter_table.h"

namespace dnm {

namespace {

constexpr std::array modularity_choices{
    Choice{"leiden", "Leiden", "Leiden, the best of all runs."},
    Choice{"louvain", "Louvain", "Louvain (multilevel), the best of all runs."},
    Choice{"spectral", "Spectral",
           "Newman's leading eigenvectors, fine-tuned as the usual routine does it: the mean over node orders. Falls "
           "short where many nodes are alike, as in trees."},
};

/// The rows of the settings that measures bring, each in the group of its measure.
std::vector<Parameter<MeasureSettings>> own_rows() {
  std::vector<Parameter<MeasureSettings>> rows;
  for (const Measure& measure : measure_table()) {
    if (measure.own_settings == nullptr) continue;
    for (Parameter<MeasureSettings>& row : measure.own_settings()) {
      row.info.group = measure.id;
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

}  // namespace

const ParameterTable<MeasureSettings>& measure_setting_table() {
  using S = MeasureSettings;
  static const ParameterTable<S> table = [] {
    std::vector<Parameter<S>> rows{
        parameter<&S::modularity>({.id = "q",
                                   .symbol = "Q",
                                   .label = "Q by",
                                   .meaning = "Estimator of the modularity Q",
                                   .choices = modularity_choices,
                                   .group = community_measure}),
        parameter<&S::modularity_runs>({.id = "runs",
                                        .symbol = "R",
                                        .label = "Runs",
                                        .meaning = "Runs of the Q estimator, of which the best counts; node orders "
                                                   "of the spectral one, over which it is the mean",
                                        .range = {1, 10000, 1, true},
                                        .group = community_measure}),
        parameter<&S::sigma_draws>({.id = "draws",
                                    .label = "Draws",
                                    .meaning = "Random removals that σ_c is the mean over",
                                    .range = {1, 100000, 1, true},
                                    .group = consistency_measure}),
        parameter<&S::sigma_error>(
            {.id = "sigma-error",
             .label = "Stop at error",
             .meaning = "Stop drawing for σ_c once its standard error is at most this; 0 makes all draws",
             .range = {0.0, 1.0, 0.001, false},
             .group = consistency_measure}),
    };
    std::ranges::move(own_rows(), std::back_inserter(rows));
    rows.push_back(parameter<&S::p_value_samples>(
        {.id = "p-value",
         .symbol = "p",
         .label = "p-value samples",
         .meaning = "Bootstrap samples for the p-value of the power law; 0 computes none",
         .range = {0, 100000, 100, false},
         .group = power_law_measure,
         .bare = default_p_value_samples,
         .lasting = false}));
    return ParameterTable<S>("measure setting", std::move(rows));
  }();
  return table;
}

MeasureSettings by_igraph(MeasureSettings settings) {
  static const std::string igraph = "igraph";
  for (const auto& row : measure_setting_table()) {
    if (find_row(row.info.choices, igraph) != nullptr) row.set(settings, igraph);
  }
  return settings;
}

}  // namespace dnm
