// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/measure_setting.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/parameters/parameter_rows.h"
#include "core/support/error.h"

namespace dnm {

namespace {

constexpr std::array modularity_choices{
    Choice{"leiden", "Leiden", "Leiden, the best of all runs."},
    Choice{"louvain", "Louvain", "Louvain (multilevel), the best of all runs."},
    Choice{"spectral", "Spectral",
           "Newman's leading eigenvectors, fine-tuned as the usual routine does it: the mean over node orders. Falls "
           "short where many nodes are alike, as in trees."},
};
constexpr std::array engine_choices{
    Choice{"own", "Own", "Bit-parallel breadth-first search."},
    Choice{"igraph", "igraph", "igraph's routine, as a second opinion."},
};
constexpr std::array fit_choices{
    Choice{"grid", "Grid", "Maximum likelihood on a grid of exponents."},
    Choice{"igraph", "igraph", "igraph's fit, as a second opinion."},
};

int integer(const ParameterValue& value) { return static_cast<int>(std::get<std::int64_t>(value)); }

}  // namespace

std::span<const MeasureSetting> measure_setting_table() {
  using Settings = MeasureSettings;
  using Value = ParameterValue;
  static const std::array table{
      MeasureSetting{
          choice_info("q", "Q", "Q by", "Estimator of the modularity Q", modularity_choices), "Q",
          [](const Settings& s) { return Value(choice_id(modularity_choices, s.modularity)); },
          [](Settings& s, const Value& v) { s.modularity = choice_of<ModularityMethod>(modularity_choices, v); }},
      MeasureSetting{value_info("runs", "R", "Runs",
                                "Runs of the Q estimator, of which the best counts; node orders of the spectral one, "
                                "over which it is the mean",
                                ParameterKind::integer, {1, 10000, 1, true}),
                     "Q", [](const Settings& s) { return Value(std::int64_t{s.modularity_runs}); },
                     [](Settings& s, const Value& v) { s.modularity_runs = integer(v); }},
      MeasureSetting{value_info("draws", "", "Draws", "Random removals that σ_c is the mean over",
                                ParameterKind::integer, {1, 100000, 1, true}),
                     "sigma_c", [](const Settings& s) { return Value(std::int64_t{s.sigma_draws}); },
                     [](Settings& s, const Value& v) { s.sigma_draws = integer(v); }},
      MeasureSetting{value_info("sigma-error", "", "Stop at error",
                                "Stop drawing for σ_c once its standard error is at most this; 0 makes all draws",
                                ParameterKind::real, {0.0, 1.0, 0.001, false}),
                     "sigma_c", [](const Settings& s) { return Value(s.sigma_error); },
                     [](Settings& s, const Value& v) { s.sigma_error = std::get<double>(v); }},
      MeasureSetting{choice_info("engine", "L", "L by", "What computes L", engine_choices), "L",
                     [](const Settings& s) { return Value(choice_id(engine_choices, s.engine)); },
                     [](Settings& s, const Value& v) { s.engine = choice_of<MeasureEngine>(engine_choices, v); }},
      MeasureSetting{choice_info("gamma-fit", "γ", "γ by", "What fits γ", fit_choices), "gamma",
                     [](const Settings& s) { return Value(choice_id(fit_choices, s.power_law_fit)); },
                     [](Settings& s, const Value& v) { s.power_law_fit = choice_of<PowerLawFit>(fit_choices, v); }},
      MeasureSetting{value_info("p-value", "p", "p-value samples",
                                "Bootstrap samples for the p-value of the power law; 0 computes none",
                                ParameterKind::integer, {0, 100000, 100, false}),
                     "gamma", [](const Settings& s) { return Value(std::int64_t{s.p_value_samples}); },
                     [](Settings& s, const Value& v) { s.p_value_samples = integer(v); }},
  };
  return table;
}

const MeasureSetting& measure_setting(std::string_view id) {
  const auto table = measure_setting_table();
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.info.id == id; });
  if (found == table.end()) throw InvalidInput("there is no measure setting \"" + std::string(id) + "\"");
  return *found;
}

}  // namespace dnm
