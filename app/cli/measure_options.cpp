// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/measure_options.h"

#include <algorithm>
#include <numeric>

#include <CLI/CLI.hpp>

#include "app/cli/terminal.h"
#include "core/files/network_tsv.h"
#include "core/measures/measure_setting.h"
#include "core/support/error.h"

namespace dnm::cli {
namespace {

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
  for (const MeasureSetting& row : measure_setting_table()) options_.add(app, row.info, row.get({}), "Measures");
  if (!with_removed) return;
  app.add_option("--removed", removed_, "Compute σ_c for exactly the links in this list (lines u<TAB>v, 0-based)")
      ->type_name("LIST.tsv")
      ->group("Measures");
}

MeasureSettings MeasureOptions::settings(const Graph& graph, std::uint64_t seed) const {
  MeasureSettings settings;
  settings.seed = seed;
  for (const MeasureSetting& row : measure_setting_table()) {
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
