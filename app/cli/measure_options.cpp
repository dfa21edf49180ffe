// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/measure_options.h"

#include <algorithm>
#include <array>
#include <numeric>

#include <CLI/CLI.hpp>

#include "app/cli/terminal.h"
#include "core/files/network_tsv.h"
#include "core/support/error.h"

namespace dnm::cli {
namespace {

constexpr std::array modularity_choices{
    Choice{"leiden", "Leiden", "Leiden, the best of all runs."},
    Choice{"louvain", "Louvain", "Louvain (multilevel), the best of all runs."},
};
constexpr std::array engine_choices{
    Choice{"own", "Own", "Bit-parallel breadth-first search."},
    Choice{"igraph", "igraph", "igraph's routine, as a second opinion."},
};
constexpr std::array fit_choices{
    Choice{"grid", "Grid", "Maximum likelihood on a grid of exponents."},
    Choice{"igraph", "igraph", "igraph's fit, as a second opinion."},
};

ParameterInfo choice_info(std::string_view id, std::string_view meaning, std::span<const Choice> choices) {
  ParameterInfo info{};
  info.id = id;
  info.meaning = meaning;
  info.kind = ParameterKind::choice;
  info.choices = choices;
  return info;
}

ParameterInfo count_info(std::string_view id, std::string_view meaning, double maximum) {
  ParameterInfo info{};
  info.id = id;
  info.meaning = meaning;
  info.kind = ParameterKind::integer;
  info.range = {1, maximum, 1, true};
  return info;
}

template <class Enumeration>
Enumeration choice_value(std::span<const Choice> choices, const ParameterValue& value) {
  const auto found = std::find_if(choices.begin(), choices.end(),
                                  [&](const Choice& choice) { return choice.id == std::get<std::string>(value); });
  return static_cast<Enumeration>(found - choices.begin());
}

/// One measure option: how it reads, its default, and what it sets.
struct Row {
  ParameterInfo info;
  ParameterValue default_value;
  void (*set)(MeasureSettings&, const ParameterValue&);
};

std::span<const Row> rows() {
  static const std::array table{
      Row{choice_info("q", "Estimator of the modularity Q", modularity_choices), std::string("leiden"),
          [](MeasureSettings& s, const ParameterValue& v) {
            s.modularity = choice_value<ModularityMethod>(modularity_choices, v);
          }},
      Row{count_info("runs", "Runs of the Q estimator, of which the best counts", 10000), std::int64_t{10},
          [](MeasureSettings& s, const ParameterValue& v) {
            s.modularity_runs = static_cast<int>(std::get<std::int64_t>(v));
          }},
      Row{count_info("draws", "Random removals that σ_c is the mean over", 100000), std::int64_t{10},
          [](MeasureSettings& s, const ParameterValue& v) {
            s.sigma_draws = static_cast<int>(std::get<std::int64_t>(v));
          }},
      Row{choice_info("engine", "What computes L", engine_choices), std::string("own"),
          [](MeasureSettings& s, const ParameterValue& v) {
            s.engine = choice_value<MeasureEngine>(engine_choices, v);
          }},
      Row{choice_info("gamma-fit", "What fits γ", fit_choices), std::string("grid"),
          [](MeasureSettings& s, const ParameterValue& v) {
            s.power_law_fit = choice_value<PowerLawFit>(fit_choices, v);
          }},
  };
  return table;
}

std::vector<std::pair<NodeIndex, NodeIndex>> removal_set(const std::string& file, const Graph& graph) {
  std::vector<std::pair<NodeIndex, NodeIndex>> pairs = read_node_pairs(file);
  for (auto& [u, v] : pairs) {
    if (u > v) std::swap(u, v);
    if (v >= graph.node_count() || !graph.has_link(u, v)) {
      throw InvalidInput(file + " names " + std::to_string(u) + " – " + std::to_string(v) +
                         ", which is no link of the network; list links only");
    }
  }
  std::sort(pairs.begin(), pairs.end());
  if (const auto twice = std::adjacent_find(pairs.begin(), pairs.end()); twice != pairs.end()) {
    throw InvalidInput(file + " names the link " + std::to_string(twice->first) + " – " +
                       std::to_string(twice->second) + " twice; list every link once");
  }
  return pairs;
}

}  // namespace

void MeasureOptions::declare(CLI::App& app, bool with_removed) {
  for (const Row& row : rows()) options_.add(app, row.info, row.default_value, "Measures");
  if (!with_removed) return;
  app.add_option("--removed", removed_, "Compute σ_c for exactly the links in this list (lines u<TAB>v, 0-based)")
      ->type_name("LIST.tsv")
      ->group("Measures");
}

MeasureSettings MeasureOptions::settings(const Graph& graph, std::uint64_t seed) const {
  MeasureSettings settings;
  settings.seed = seed;
  for (const Row& row : rows()) {
    if (const auto value = options_.value(row.info)) row.set(settings, *value);
  }
  if (!removed_.empty()) settings.removed = removal_set(removed_, graph);
  return settings;
}

std::vector<TimedMeasurement> run_measures(const Graph& graph, const MeasureSettings& settings, std::stop_token stop) {
  const std::span<const Measure> table = measure_table();
  std::vector<std::size_t> order(table.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return table[a].cost < table[b].cost; });
  std::vector<TimedMeasurement> results(table.size());
  ProgressLine progress("measuring");
  for (const std::size_t index : order) {
    const Measure& measure = table[index];
    progress.set_label("measuring " + std::string(measure.symbol));
    const Stopwatch watch;
    results[index].measurement = measure.compute(graph, settings, progress.control(stop), {});
    results[index].seconds = watch.seconds();
  }
  return results;
}

}  // namespace dnm::cli
