// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/json_output.h"
#include "app/cli/network_options.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "core/embedding/embedding.h"
#include "core/embedding/embedding_quality.h"
#include "core/files/atomic_file.h"

namespace dnm::cli {
namespace {

struct Options {
  NetworkOptions network;
  std::string method = "RA1-LE-EA";
  std::string output;
  bool json = false;
};

/// One node of the table: its layer, hyperbolic polar coordinates, and its place in the Poincaré disk.
struct Row {
  NodeIndex node;
  std::size_t layer;
  double theta;
  double radius;
  double x;
  double y;
  NodeIndex component;
};

std::vector<Row> rows_of(const Embedding& embedding, const Network& network) {
  std::vector<Row> rows;
  for (NodeIndex node = 0; node < network.node_count(); ++node) {
    const double theta = embedding.theta[node];
    const double radius = embedding.radius[node];
    const double distance = std::tanh(radius / 2.0);
    rows.push_back({node, network.layer_of(node), theta, radius, distance * std::cos(theta), distance * std::sin(theta),
                    embedding.component[node]});
  }
  return rows;
}

std::string table_of(const std::vector<Row>& rows) {
  std::string text = "node\tlayer\ttheta\tr\tx\ty\tcomponent\n";
  for (const Row& row : rows) {
    char numbers[128];
    std::snprintf(numbers, sizeof numbers, "%.17g\t%.17g\t%.17g\t%.17g", row.theta, row.radius, row.x, row.y);
    text += std::to_string(row.node) + "\t" + std::to_string(row.layer) + "\t" + numbers + "\t" +
            std::to_string(row.component) + "\n";
  }
  return text;
}

Json coordinates_json(const std::vector<Row>& rows) {
  Json list = Json::array();
  for (const Row& row : rows) {
    list.push_back({{"node", row.node},
                    {"layer", row.layer},
                    {"theta", row.theta},
                    {"r", row.radius},
                    {"x", row.x},
                    {"y", row.y},
                    {"component", row.component}});
  }
  return list;
}

/// The scores of the embedded component, or why there are none.
Json quality_json(const Graph& graph, const Embedding& embedding, std::stop_token stop) {
  ProgressLine progress("scoring");
  const auto quality = embedding_quality(graph, embedding, 0, progress.control(std::move(stop)));
  if (!quality) return {{"value", nullptr}, {"reason", "fewer than two nodes are embedded"}};
  const auto& congruence = quality->geometrical_congruence;
  return {{"greedy_routing",
           {{"score", number_json(quality->greedy_routing.score)},
            {"success", number_json(quality->greedy_routing.success)},
            {"mean_length", number_json(quality->greedy_routing.mean_length)}}},
          {"geometrical_congruence", congruence ? number_json(*congruence) : Json()}};
}

int embed_network(const Options& options, const CommandContext& context) {
  const EmbeddingMethod method = parse_embedding_method(options.method);
  const SourceNetwork source = options.network.resolve({context.stop, {}});
  for (const std::string& notice : source.notices) {
    if (!options.json) print_notice(notice);
  }
  const Graph graph = graph_of(*source.network);
  const Stopwatch watch;
  Embedding embedding;
  {
    ProgressLine progress("embedding");
    embedding = embed(graph, method, progress.control(context.stop));
  }
  const double seconds = watch.seconds();
  const std::vector<Row> rows = rows_of(embedding, *source.network);
  if (!options.output.empty()) write_atomically(options.output, table_of(rows));
  if (options.json) {
    Json object{{"nodes", graph.node_count()},
                {"edges", graph.link_count()},
                {"layers", source.network->layer_sizes()},
                {"method", embedding.method},
                {"note", embedding.note},
                {"beta", number_json(embedding.beta)},
                {"eigenvalues", embedding.eigenvalues},
                {"quality", quality_json(graph, embedding, context.stop)},
                {"seconds", seconds}};
    if (options.output.empty()) object["coordinates"] = coordinates_json(rows);
    std::cout << json_text(object, options.output.empty() ? -1 : 2) << '\n';
  } else if (options.output.empty()) {
    if (!embedding.note.empty()) print_notice(embedding.note);
    std::cout << table_of(rows);
  } else {
    if (!embedding.note.empty()) print_notice(embedding.note);
    std::cout << options.output << ": " << describe(source) << ", " << embedding.method << " of "
              << format_count(graph.node_count()) << " nodes in " << format_seconds(seconds) << '\n';
  }
  return 0;
}

}  // namespace

RunCommand declare_embed(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  options->network.declare(app);
  app.add_option("--method", options->method, "WEIGHTS-REDUCTION-ADJUSTMENT [RA1-LE-EA]")
      ->type_name("NAME")
      ->group("Embedding");
  app.add_option("-o,--output", options->output,
                 "Write the coordinates to this file (columns node layer theta r x y component)")
      ->type_name("FILE");
  app.add_flag("--json", options->json, "Print one JSON object");
  return [options](const CommandContext& context) { return embed_network(*options, context); };
}

}  // namespace dnm::cli
