// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <map>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/json_output.h"
#include "app/cli/measure_options.h"
#include "app/cli/network_options.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "core/support/error.h"
#include "core/support/version.h"

namespace dnm::cli {
namespace {

/// A p-value of at most this rules a power law out (Clauset, Shalizi and Newman, SIAM Rev. 51:661, 2009).
constexpr double implausible_below = 0.1;
constexpr std::string_view p_value_key = "p_value";

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

/// A graph's counts and measures: of the whole network, or of one layer of links.
struct Report {
  Counts counts;
  std::vector<TimedMeasurement> results;
};

Json chance_json(const ChanceComparison& chance) {
  Json object{{"copies", chance.copies}};
  object["mean"] = number_json(chance.mean);
  object["sd"] = number_json(chance.sd);
  object["z"] = chance.z ? number_json(*chance.z) : Json();
  object["without_value"] = chance.without_value;
  object["reason"] = chance.z ? Json() : Json(chance.reason);
  return object;
}

/// Puts one object for each measure into `object` and its time into `seconds`.
void add_results(Json& object, Json& seconds, const std::vector<TimedMeasurement>& results) {
  double chance_seconds = 0.0;
  bool compared = false;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const std::string id(measure_table()[i].id);
    object[id] = measurement_json(results[i].measurement);
    if (results[i].chance) object[id]["chance"] = chance_json(*results[i].chance);
    seconds[id] = results[i].seconds;
    chance_seconds += results[i].chance_seconds;
    compared = compared || results[i].chance;
  }
  if (compared) seconds["chance"] = chance_seconds;
}

Json layer_json(const Network& network, std::size_t layer, const Report& report) {
  Json object{{"nodes", report.counts.nodes}, {"edges", report.counts.edges}};
  object["layers"] = {network.layer_sizes()[layer], network.layer_sizes()[layer + 1]};
  object["components"] = report.counts.components;
  object["isolated"] = report.counts.isolated;
  object["seconds"] = nullptr;
  Json seconds;
  add_results(object, seconds, report.results);
  object["seconds"] = std::move(seconds);
  return object;
}

void print_json(const SourceNetwork& source, const Report& whole, const std::vector<Report>& layers,
                double total_seconds) {
  Json seconds;
  seconds[source.file.empty() ? "generate" : "read"] = source.seconds;
  Json object{{"nodes", whole.counts.nodes}, {"edges", whole.counts.edges}, {"layers", source.network->layer_sizes()}};
  object["components"] = whole.counts.components;
  object["isolated"] = whole.counts.isolated;
  object["seconds"] = nullptr;
  add_results(object, seconds, whole.results);
  if (!layers.empty()) {
    Json list = Json::array();
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
      list.push_back(layer_json(*source.network, layer, layers[layer]));
    }
    object["per_layer"] = std::move(list);
  }
  seconds["total"] = total_seconds;
  object["seconds"] = std::move(seconds);
  object["source"] = source.file.empty() ? Json() : Json(source.file);
  object["parameters"] = source.parameters ? parameters_json(*source.parameters) : Json();
  object["notices"] = source.notices;
  object["version"] = program_version();
  std::cout << json_text(object, 2) << '\n';
}

std::string number_text(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", number);
  return text;
}

std::string detail_text(const Measurement::Detail& detail) {
  if (const auto* number = std::get_if<double>(&detail)) return number_text(*number);
  if (const auto* integer = std::get_if<std::int64_t>(&detail)) return std::to_string(*integer);
  if (const auto* text = std::get_if<std::string>(&detail)) return *text;
  return "n/a";
}

std::string details_text(const Measurement& measurement) {
  std::string text;
  for (const auto& [key, detail] : measurement.details) {
    if (key.starts_with(p_value_key)) continue;  // has a line of its own
    std::string name = key;
    std::replace(name.begin(), name.end(), '_', ' ');
    text.append(text.empty() ? "" : ", ").append(name).append(" ").append(detail_text(detail));
  }
  return text;
}

/// What was found of the p-value; empty where none was asked for.
std::string p_value_text(const Measurement& measurement) {
  std::map<std::string, Measurement::Detail> found;
  for (const auto& [key, detail] : measurement.details) {
    if (key.starts_with(p_value_key)) found[key.substr(p_value_key.size())] = detail;
  }
  if (found.empty()) return {};
  const auto* value = std::get_if<double>(&found[""]);
  if (value == nullptr) return "p-value n/a: there is no exponent to test";
  return "p-value " + detail_text(*value) + " ± " + detail_text(found["_se"]) + " (" + detail_text(found["_samples"]) +
         " samples, " + detail_text(found["_method"]) + "): the degrees " +
         (*value > implausible_below ? "may well" : "do not") + " follow a power law above x_min";
}

std::string chance_text(const ChanceComparison& chance) {
  std::string text = "against chance: ";
  if (chance.copies == 0) return text + "n/a, " + chance.reason;
  text += "mean " + number_text(chance.mean) + ", sd " + number_text(chance.sd) + " over " +
          format_count(static_cast<std::uint64_t>(chance.copies)) + " randomised copies";
  if (chance.without_value > 0) {
    text += " (" + format_count(static_cast<std::uint64_t>(chance.without_value)) + " of them without a value)";
  }
  text += chance.z ? ", z = " + number_text(*chance.z) : ", z n/a: " + chance.reason;
  if (chance.is_what_chance_makes()) text += ": what chance gives";
  return text;
}

void print_counts(const Counts& counts) {
  std::cout << format_count(counts.nodes) << " nodes, " << format_count(counts.edges) << " links, "
            << format_count(counts.components) << (counts.components == 1 ? " component, " : " components, ")
            << format_count(counts.isolated) << " isolated\n\n";
}

void print_values(const std::vector<TimedMeasurement>& results) {
  TextTable table;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const Measure& measure = measure_table()[i];
    const TimedMeasurement& result = results[i];
    std::vector<std::string> cells{std::string(measure.symbol),
                                   result.measurement.value ? format_measurement(result.measurement) : "n/a"};
    if (result.chance) cells.push_back(result.chance->z ? "z " + number_text(*result.chance->z) : "z n/a");
    cells.insert(cells.end(), {std::string(measure.label), result.measurement.method,
                               format_seconds(result.seconds + result.chance_seconds)});
    table.add(std::move(cells));
  }
  std::cout << table.text();
}

void print_table(const SourceNetwork& source, const Report& whole, const std::vector<Report>& layers) {
  constexpr std::size_t columns = 100;
  std::cout << describe(source) << '\n';
  print_counts(whole.counts);
  print_values(whole.results);
  const auto paragraph = [&](const std::string& text) {
    for (const std::string& line : wrapped(text, columns - 2)) std::cout << "  " << line << '\n';
  };
  for (std::size_t layer = 0; layer < layers.size(); ++layer) {
    const auto& sizes = source.network->layer_sizes();
    std::cout << "\nlayer " << layer + 1 << ", " << sizes[layer] << '-' << sizes[layer + 1] << '\n';
    print_counts(layers[layer].counts);
    print_values(layers[layer].results);
    for (std::size_t i = 0; i < layers[layer].results.size(); ++i) {
      const Measurement& measurement = layers[layer].results[i].measurement;
      if (!measurement.value) {
        paragraph(std::string(measure_table()[i].symbol) + " n/a: " + measurement.reason);
      }
    }
  }
  for (std::size_t i = 0; i < whole.results.size(); ++i) {
    const Measure& measure = measure_table()[i];
    const TimedMeasurement& result = whole.results[i];
    std::cout << '\n' << measure.symbol << '\n';
    if (!result.measurement.value) paragraph("n/a: " + result.measurement.reason);
    paragraph(details_text(result.measurement));
    paragraph(p_value_text(result.measurement));
    if (result.chance) paragraph(chance_text(*result.chance));
    paragraph(std::string(measure.caveat));
  }
}

std::vector<Report> measure_layers(const Network& network, MeasureSettings settings, int chance_copies,
                                   const std::stop_token& stop) {
  settings.removed.reset();  // its pairs are of the whole network
  std::vector<Report> reports;
  for (std::size_t layer = 0; layer < network.masks().size(); ++layer) {
    const Graph graph = layer_graph(network, layer, {stop, {}});
    reports.push_back(
        {count(graph), run_measures(graph, settings, stop, chance_copies, "layer " + std::to_string(layer + 1))});
  }
  return reports;
}

int measure_network(const Options& options, const CommandContext& context) {
  const Stopwatch watch;
  const SourceNetwork source = options.network.resolve({context.stop, {}});
  for (const std::string& notice : source.notices) {
    if (!options.json) print_notice(notice);
  }
  if (options.measures.per_layer() && !source.network->is_layered()) {
    throw InvalidInput("this network has no layers to measure one by one; leave out --per-layer");
  }
  const Graph graph = graph_of(*source.network);
  const std::uint64_t seed = source.parameters ? source.parameters->seed : options.network.seed();
  const MeasureSettings settings = options.measures.settings(graph, seed);
  const int copies = options.measures.chance_copies();
  const Report whole{count(graph), run_measures(graph, settings, context.stop, copies)};
  std::vector<Report> layers;
  if (options.measures.per_layer()) layers = measure_layers(*source.network, settings, copies, context.stop);
  if (options.json) {
    print_json(source, whole, layers, watch.seconds());
  } else {
    print_table(source, whole, layers);
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
