// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/measure_options.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "app/cli/terminal.h"
#include "core/files/network_tsv.h"
#include "core/measures/measure_setting.h"
#include "core/parameters/parameter_table.h"
#include "core/support/error.h"

namespace dnm::cli {
namespace {

std::vector<std::pair<NodeIndex, NodeIndex>> removal_set(const std::string& file, const Graph& graph) {
  std::vector<std::pair<NodeIndex, NodeIndex>> pairs = read_node_pairs(file);
  for (auto& [u, v] : pairs) {
    if (u > v) std::swap(u, v);
    if (v >= graph.node_count() || !graph.has_link(u, v)) {
      throw InvalidInput(file + " names " + std::to_string(u) + " – " + std::to_string(v) +
                         ", which is not a link of the network; list links only");
    }
  }
  std::sort(pairs.begin(), pairs.end());
  if (const auto twice = std::adjacent_find(pairs.begin(), pairs.end()); twice != pairs.end()) {
    throw InvalidInput(file + " names the link " + std::to_string(twice->first) + " – " +
                       std::to_string(twice->second) + " twice; list every link once");
  }
  return pairs;
}

/// Limit on the draws of σ_c when --sigma-error is given without --draws.
constexpr int draws_towards_an_error = 1000;

constexpr ParameterInfo chance_info{
    .id = "chance",
    .meaning =
        "Compare every measure with so many randomised copies of the network that keep every neuron's links to the "
        "layer before and after (10 switches tried per link): mean, sd and z-score; 20 is a good number, 0 compares "
        "with none",
    .kind = ParameterKind::integer,
    .range = {0, 100000, 1, false}};

}  // namespace

void MeasureOptions::declare(OptionParser& parser, bool everything) {
  options_.add(parser, measure_setting_table(), MeasureSettings{}, "Measures");
  if (!everything) return;
  parser.add({.name = "--removed",
              .help = "Compute σ_c for exactly the links in this list (lines u<TAB>v, 0-based)",
              .placeholder = "LIST.tsv",
              .group = "Measures"},
             removed_);
  options_.add(parser, chance_info, std::int64_t{0}, "Measures");
  parser.add_flag({.name = "--per-layer", .help = "Measure every layer of links by itself too", .group = "Measures"},
                  per_layer_);
}

MeasureSettings MeasureOptions::settings(const Graph& graph, std::uint64_t seed, MeasureSettings base) const {
  MeasureSettings made = settings(seed, std::move(base));
  if (!removed_.empty()) made.removed = removal_set(removed_, graph);
  return made;
}

MeasureSettings MeasureOptions::settings(std::uint64_t seed, MeasureSettings base) const {
  MeasureSettings settings = std::move(base);
  settings.seed = seed;
  options_.apply(measure_setting_table(), settings);
  // The default of ten draws would usually stop before the requested error is reached.
  if (settings.sigma_error > 0.0 && options_.given("sigma-error") && !options_.given("draws"))
    settings.sigma_draws = draws_towards_an_error;
  return settings;
}

int MeasureOptions::chance_copies() const {
  const auto value = options_.value(chance_info);
  const auto copies = value ? std::get<std::int64_t>(*value) : 0;
  if (copies == 1) throw InvalidInput("--chance 1 gives no spread to compare with; take 2 copies or more, better 20");
  return static_cast<int>(copies);
}

std::vector<TimedMeasurement> run_measures(const Graph& graph, const MeasureSettings& settings,
                                           const std::stop_token& stop, int chance_copies, const std::string& what) {
  const std::span<const Measure> table = measure_table();
  std::vector<std::size_t> order(table.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return table[a].cost < table[b].cost; });
  std::vector<TimedMeasurement> results(table.size());
  const std::string of_what = what.empty() ? what : " of " + what;
  ProgressLine progress("measuring" + of_what);
  for (const std::size_t index : order) {
    const Measure& measure = table[index];
    progress.set_label("measuring " + std::string(measure.symbol) + of_what);
    const Stopwatch watch;
    results[index].measurement = measure.compute(graph, settings, progress.control(stop), {});
    results[index].seconds = watch.seconds();
  }
  if (chance_copies == 0) return results;
  for (const std::size_t index : order) {
    const Measure& measure = table[index];
    progress.set_label("comparing " + std::string(measure.symbol) + of_what + " with chance");
    const Stopwatch watch;
    results[index].chance = compare_with_chance(measure, results[index].measurement, graph, settings, chance_copies,
                                                progress.control(stop));
    results[index].chance_seconds = watch.seconds();
  }
  return results;
}

}  // namespace dnm::cli
