// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/json_output.h"
#include "app/cli/measure_options.h"
#include "app/cli/network_options.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"

namespace dnm::cli {
namespace {

struct Options {
  NetworkOptions network;
  MeasureOptions measures;
  bool json = false;
};

/// What is counted before anything is measured.
struct Counts {
  std::uint64_t nodes;
  std::uint64_t edges;
  std::size_t components;
  NodeIndex isolated;
};

Counts count(const Graph& graph) {
  const Components components = connected_components(graph);
  return {graph.node_count(), graph.link_count(), components.sizes.size(), components.isolated()};
}

void print_json(const SourceNetwork& source, const Counts& counts, const std::vector<TimedMeasurement>& results,
                double total_seconds) {
  Json seconds;
  seconds[source.file.empty() ? "generate" : "read"] = source.seconds;
  Json object{{"nodes", counts.nodes}, {"edges", counts.edges}, {"layers", source.network->layer_sizes()}};
  object["components"] = counts.components;
  object["isolated"] = counts.isolated;
  object["seconds"] = nullptr;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const std::string id(measure_table()[i].id);
    object[id] = measurement_json(results[i].measurement);
    seconds[id] = results[i].seconds;
  }
  seconds["total"] = total_seconds;
  object["seconds"] = std::move(seconds);
  object["source"] = source.file.empty() ? Json() : Json(source.file);
  object["parameters"] = source.parameters ? parameters_json(*source.parameters) : Json();
  object["notices"] = source.notices;
  object["version"] = DNM_VERSION;
  std::cout << json_text(object, 2) << '\n';
}

std::string detail_text(const Measurement::Detail& detail) {
  if (const auto* number = std::get_if<double>(&detail)) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", *number);
    return text;
  }
  if (const auto* integer = std::get_if<std::int64_t>(&detail)) return std::to_string(*integer);
  if (const auto* text = std::get_if<std::string>(&detail)) return *text;
  return "n/a";
}

std::string details_text(const Measurement& measurement) {
  std::string text;
  for (const auto& [key, detail] : measurement.details) {
    std::string name = key;
    std::replace(name.begin(), name.end(), '_', ' ');
    text.append(text.empty() ? "" : ", ").append(name).append(" ").append(detail_text(detail));
  }
  return text;
}

void print_table(const SourceNetwork& source, const Counts& counts, const std::vector<TimedMeasurement>& results) {
  constexpr std::size_t columns = 100;
  std::cout << describe(source) << '\n'
            << format_count(counts.nodes) << " nodes, " << format_count(counts.edges) << " links, "
            << format_count(counts.components) << (counts.components == 1 ? " component, " : " components, ")
            << format_count(counts.isolated) << " isolated\n\n";
  TextTable table;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const Measure& measure = measure_table()[i];
    const Measurement& measurement = results[i].measurement;
    table.add({std::string(measure.symbol), measurement.value ? format_measurement(measurement) : "n/a",
               std::string(measure.label), measurement.method, format_seconds(results[i].seconds)});
  }
  std::cout << table.text();
  for (std::size_t i = 0; i < results.size(); ++i) {
    const Measure& measure = measure_table()[i];
    const Measurement& measurement = results[i].measurement;
    std::cout << '\n' << measure.symbol << '\n';
    const auto paragraph = [&](const std::string& text) {
      for (const std::string& line : wrapped(text, columns - 2)) std::cout << "  " << line << '\n';
    };
    if (!measurement.value) paragraph("n/a: " + measurement.reason);
    paragraph(details_text(measurement));
    paragraph(std::string(measure.caveat));
  }
}

int measure_network(const Options& options, const CommandContext& context) {
  const Stopwatch watch;
  const SourceNetwork source = options.network.resolve({context.stop, {}});
  for (const std::string& notice : source.notices) {
    if (!options.json) print_notice(notice);
  }
  const Graph graph = graph_of(*source.network);
  const std::uint64_t seed = source.parameters ? source.parameters->seed : options.network.seed();
  const MeasureSettings settings = options.measures.settings(graph, seed);
  const Counts counts = count(graph);
  const std::vector<TimedMeasurement> results = run_measures(graph, settings, context.stop);
  if (options.json) {
    print_json(source, counts, results, watch.seconds());
  } else {
    print_table(source, counts, results);
  }
  return 0;
}

}  // namespace

RunCommand declare_measure(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  options->network.declare(app);
  options->measures.declare(app, true);
  app.add_flag("--json", options->json, "Print one JSON object");
  return [options](const CommandContext& context) { return measure_network(*options, context); };
}

}  // namespace dnm::cli
