// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/sweep.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <utility>

#include "app/workspace/experiments/first_topology.h"
#include "core/network/graph.h"
#include "core/parameters/look_up.h"
#include "core/parameters/parameter_table.h"
#include "core/support/error.h"
#include "core/support/ordered_results.h"
#include "core/support/parallel.h"
#include "training/runs/run_summary.h"
#include "training/settings/training_settings.h"

namespace dnm {

namespace {

constexpr std::size_t most_varied = 2;

void check_names(const SweepPlan& plan) {
  if (plan.varied.empty())
    throw InvalidInput("nothing is varied; name a parameter with its values, such as sparsity=0.5:0.99:8");
  if (plan.varied.size() > most_varied)
    throw InvalidInput("a sweep varies one parameter or two, not " + std::to_string(plan.varied.size()) +
                       "; leave some out");
  if (plan.varied.size() == 2 && plan.varied[0].id == plan.varied[1].id)
    throw InvalidInput(plan.varied[0].id + " is varied twice; name all of its values at once");
  if (plan.seeds.empty()) throw InvalidInput("a sweep needs a seed; give numbers such as 0,1,2");
  if (plan.measures.empty()) throw InvalidInput("a sweep needs a measure; name some, such as L,Q");
  for (std::size_t i = 0; i < plan.measures.size(); ++i) {
    static_cast<void>(measure(plan.measures[i]));
    if (std::find(plan.measures.begin(), plan.measures.begin() + static_cast<std::ptrdiff_t>(i), plan.measures[i]) !=
        plan.measures.begin() + static_cast<std::ptrdiff_t>(i))
      throw InvalidInput("the measures name " + plan.measures[i] + " twice; name each once");
  }
}

/// "sparsity 0.9, degree fixed".
std::string point_name(const SweepPlan& plan, const std::vector<std::string>& values) {
  std::string name;
  for (std::size_t i = 0; i < values.size(); ++i)
    name += (name.empty() ? "" : ", ") + plan.varied[i].id + " " + values[i];
  return name;
}

/// A row that others depend on is set before them: in the order of the table.
ModelParameters parameters_at(const SweepPlan& plan, const std::vector<std::string>& values) try {
  ModelParameters parameters = plan.base;
  parameters.seed = plan.seeds.front();
  const auto& table = model_parameter_table();
  for (const auto& row : table) {
    for (std::size_t i = 0; i < values.size(); ++i)
      if (plan.varied[i].id == row.info.id) set_from_text(parameters, row.info.id, values[i]);
  }
  for (const VariedParameter& varied : plan.varied) table.check_applies(table.at(varied.id), parameters);
  check_parameters(parameters);
  return parameters;
} catch (const InvalidInput& error) {
  throw InvalidInput("the sweep cannot draw " + point_name(plan, values) + ": " + error.what());
}

SweepRow without_network(const SweepPlan& plan, const std::string& reason) {
  SweepRow row;
  row.values.assign(plan.measures.size(), SweepValue{{}, {}, reason});
  return row;
}

SweepValue measured(const Measure& measure, const Graph& graph, const MeasureSettings& settings,
                    const TaskControl& control) try {
  const Measurement found = measure.compute(graph, settings, {control.stop, {}}, {});
  const bool exists = found.value && std::isfinite(*found.value);
  return {exists ? found.value : std::nullopt, exists ? found.standard_error : std::nullopt,
          exists                 ? std::string()
          : found.reason.empty() ? std::string("it is no finite number")
                                 : found.reason};
} catch (const InvalidInput& error) {
  return {{}, {}, error.what()};
} catch (const NumericalError& error) {
  return {{}, {}, error.what()};
}

}  // namespace

std::size_t Sweep::missing() const {
  return static_cast<std::size_t>(std::ranges::count_if(rows, [](const auto& row) { return !row; }));
}

const ParameterInfo& varied_info(const VariedParameter& varied) {
  const ParameterInfo& info = model_parameter_table().at(varied.id).info;
  if (info.id == "seed")
    throw InvalidInput("the seed is not varied but one of several; name the seeds of a sweep (Seeds, --seeds)");
  return info;
}

Sweep make_sweep(SweepPlan plan) {
  check_names(plan);
  Sweep sweep;
  std::vector<std::vector<std::string>> axes;
  std::size_t points = 1;
  for (const VariedParameter& varied : plan.varied) {
    axes.push_back(value_texts(varied_info(varied), varied));
    points *= axes.back().size();
  }
  if (points > most_sweep_rows / plan.seeds.size())
    throw InvalidInput("a sweep of " + std::to_string(points) + " points under " + std::to_string(plan.seeds.size()) +
                       " seeds has more than " + std::to_string(most_sweep_rows) + " networks; take fewer values");
  for (const std::string& first : axes.front()) {
    if (axes.size() == 1) {
      sweep.points.push_back({{first}, parameters_at(plan, {first})});
      continue;
    }
    for (const std::string& second : axes.back())
      sweep.points.push_back({{first, second}, parameters_at(plan, {first, second})});
  }
  sweep.rows.resize(sweep.points.size() * plan.seeds.size());
  sweep.plan = std::move(plan);
  return sweep;
}

SweepRow measure_row(const Sweep& sweep, std::size_t row, unsigned threads, const TaskControl& control) {
  ModelParameters parameters = sweep.points[sweep.point_of(row)].parameters;
  parameters.seed = sweep.seed_of(row);
  FirstTopology drawn;
  try {
    drawn = draw_topology(parameters, TrainingSettings{}, {control.stop, {}});
  } catch (const InvalidInput& error) {
    return without_network(sweep.plan, error.what());
  } catch (const NumericalError& error) {
    return without_network(sweep.plan, error.what());
  }
  const Graph graph(*drawn.source.network, control);
  SweepRow made{graph.node_count(), graph.link_count(), {}, std::move(drawn.notices)};
  MeasureSettings settings = sweep.plan.measuring;
  settings.seed = parameters.seed;
  settings.threads = threads;
  for (const std::string& id : sweep.plan.measures) {
    control.check();
    made.values.push_back(measured(measure(id), graph, settings, control));
  }
  return made;
}

void measure_missing(const Sweep& sweep, unsigned jobs, const TaskControl& control,
                     const std::function<void(std::size_t row, SweepRow measured)>& take) {
  std::vector<std::size_t> missing;
  for (std::size_t row = 0; row < sweep.rows.size(); ++row)
    if (!sweep.rows[row]) missing.push_back(row);
  if (missing.empty()) return;
  const unsigned available = available_threads();
  if (jobs == 0) jobs = available;
  jobs = static_cast<unsigned>(std::min<std::size_t>(jobs, missing.size()));
  const unsigned threads = std::max(1U, available / jobs);
  const std::size_t in_all = sweep.rows.size();
  std::size_t done = in_all - missing.size();
  control.report(static_cast<double>(done) / static_cast<double>(in_all));
  ordered_results<SweepRow>(
      missing.size(), jobs, control,
      [&](std::size_t index, const TaskControl& inner) { return measure_row(sweep, missing[index], threads, inner); },
      [&](std::size_t index, SweepRow row) {
        take(missing[index], std::move(row));
        control.report(static_cast<double>(++done) / static_cast<double>(in_all));
        return true;
      });
}

SweepMean mean_of(const Sweep& sweep, std::size_t point, std::size_t measure) {
  SweepMean made;
  std::vector<double> values;
  for (const std::optional<SweepRow>& row : sweep.rows_of(point)) {
    if (!row) continue;
    const SweepValue& value = row->values[measure];
    if (value.value) {
      values.push_back(*value.value);
    } else if (made.without++ == 0) {
      made.reason = value.reason;
    }
  }
  made.count = values.size();
  if (values.empty()) {
    made.mean = made.error = std::numeric_limits<double>::quiet_NaN();
    return made;
  }
  const MeanWithError mean = mean_with_error(values);
  made.mean = mean.mean;
  made.error = mean.standard_error;
  return made;
}

}  // namespace dnm
