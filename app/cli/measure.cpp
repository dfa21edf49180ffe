// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/json_output.h"
#include "app/cli/measure_compared.h"
#include "app/cli/measure_options.h"
#include "app/cli/network_options.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "app/workspace/experiments/measured_updates.h"
#include "app/workspace/experiments/run_folders.h"
#include "app/workspace/experiments/run_moments.h"
#include "app/workspace/measure_words.h"
#include "app/workspace/metric_json.h"
#include "app/workspace/provenance.h"
#include "app/workspace/words.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/version.h"

namespace dnm::cli {
namespace {

struct Options {
  NetworkOptions network;
  MeasureOptions measures;
  ComparedOptions compared;
  std::string runs;
  bool json = false;
};

/// Throws InvalidInput unless the run in this folder has these matrices.
void check_matrices(const std::string& folder, const std::string& matrices) {
  RunMoments moments(folder);
  static_cast<void>(moments.refresh());
  static_cast<void>(group_named(moments.groups(), matrices));
}

/// Measures the networks after the updates of runs; what is there already stays.
int measure_runs(const std::string& folder, const std::string& matrices, const CommandContext& context) {
  ProgressLine progress("measuring");
  std::size_t rewired = 0;
  for (const Experiment& experiment : read_experiments(folder)) {
    for (const ExperimentRun& run : experiment.runs) {
      if (run.updates.empty()) continue;
      ++rewired;
      check_matrices(run.folder, matrices);
      MeasuredRun measured(run.folder, matrices);
      std::size_t fresh = 0;
      for (auto update = measured.next(); update; update = measured.next(), ++fresh) {
        const double count = static_cast<double>(measured.measured().updates.size());
        progress.show(count / static_cast<double>(measured.in_all()), "update " + std::to_string(*update));
        measured.measure(*update, {context.stop, {}});
      }
      progress.clear();
      std::cout << (std::filesystem::path(run.folder) / measures_file_name).string() << ": "
                << counted(measured.measured().updates.size(), "network")
                << (measured.measured().matrices.empty() ? "" : " of ") << measured.measured().matrices << ", "
                << with_commas(fresh) << " measured now\n"
                << std::flush;
    }
  }
  if (rewired == 0) throw InvalidInput("no run in " + folder + " has rewired its network; train one with --method");
  return 0;
}

/// Counts that precede the measures.
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

/// Adds one object per measure to `object` and its time to `seconds`.
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
  if (!source.matrices.empty()) object["matrices"] = source.matrices;
  object["parameters"] = source.parameters ? parse_json(parameters_as_options_json(*source.parameters)) : Json();
  object["notices"] = source.notices;
  object["version"] = program_version();
  std::cout << ascii_text(object, 2) << '\n';
}

std::string details_text(const Measurement& measurement) {
  std::string text;
  for (const DetailWords& detail : detail_words(measurement)) {
    text.append(text.empty() ? "" : ", ").append(detail.name).append(" ").append(detail.value);
  }
  return text;
}

void print_counts(const Counts& counts) {
  std::cout << counted(counts.nodes, "node") << ", " << counted(counts.edges, "link") << ", "
            << counted(counts.components, "component") << ", " << with_commas(counts.isolated) << " isolated\n\n";
}

void print_values(const std::vector<TimedMeasurement>& results) {
  TextTable table;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const Measure& measure = measure_table()[i];
    const TimedMeasurement& result = results[i];
    std::vector<std::string> cells{std::string(measure.symbol),
                                   result.measurement.value ? format_measurement(result.measurement) : "n/a"};
    if (result.chance) cells.push_back(z_text(*result.chance));
    cells.insert(cells.end(), {std::string(measure.label), result.measurement.method,
                               duration_text(result.seconds + result.chance_seconds)});
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
      const std::string symbol(measure_table()[i].symbol);
      if (!measurement.value) paragraph(symbol + " n/a: " + measurement.reason);
      if (const std::string note = note_of(measurement); !note.empty()) paragraph(symbol + " " + note);
    }
  }
  for (std::size_t i = 0; i < whole.results.size(); ++i) {
    const Measure& measure = measure_table()[i];
    const TimedMeasurement& result = whole.results[i];
    std::cout << '\n' << measure.symbol << '\n';
    if (!result.measurement.value) paragraph("n/a: " + result.measurement.reason);
    paragraph(details_text(result.measurement));
    paragraph(note_of(result.measurement));
    paragraph(p_value_text(result.measurement));
    if (result.chance) paragraph(chance_text(*result.chance));
    paragraph(std::string(measure.caveat));
  }
}

std::vector<Report> measure_layers(const Network& network, MeasureSettings settings, int chance_copies,
                                   const std::stop_token& stop) {
  settings.removed.reset();  // its pairs refer to the whole network
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
  const std::uint64_t seed = options.network.measuring_seed(source);
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

RunCommand declare_measure(OptionParser& parser) {
  const auto options = std::make_shared<Options>();
  options->network.declare(parser);
  options->measures.declare(parser, true);
  options->compared.declare(parser);
  parser.add_flag({.name = "--json", .help = "Print one JSON object"}, options->json);
  parser.add(
      {.name = "--run-dir",
       .help = "Measure the network after every update of the runs in this folder, into measures.csv of each, in "
               "place of one network",
       .placeholder = "DIR",
       .group = "Training runs"},
      options->runs);
  return [options](const CommandContext& context) {
    if (options->runs.empty()) {
      return options->compared.is_given()
                 ? measure_compared(options->compared, options->network, options->measures, options->json, context)
                 : measure_network(*options, context);
    }
    if (options->network.is_given() || options->json || options->compared.is_given()) {
      throw UsageError("--run-dir measures runs by fixed settings; give it alone");
    }
    return measure_runs(options->runs, options->network.matrices(), context);
  };
}

}  // namespace dnm::cli
