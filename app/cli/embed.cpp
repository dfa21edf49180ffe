// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <span>

#include "app/cli/command.h"
#include "app/cli/coordinates.h"
#include "app/cli/json_output.h"
#include "app/cli/network_options.h"
#include "app/cli/terminal.h"
#include "app/workspace/metric_json.h"
#include "app/workspace/words.h"
#include "core/embedding/disk_places.h"
#include "core/embedding/embedding.h"
#include "core/embedding/embedding_agreement.h"
#include "core/embedding/embedding_quality.h"
#include "core/files/atomic_file.h"
#include "core/measures/modularity.h"
#include "core/support/digits.h"
#include "core/support/error.h"

namespace dnm::cli {
namespace {

struct Options {
  NetworkOptions network;
  std::string method = "RA1-LE-EA";
  std::string reference;
  std::string output;
  bool json = false;
};

Json coordinates_json(const std::vector<CoordinateRow>& rows) {
  Json list = Json::array();
  for (const CoordinateRow& row : rows) {
    list.push_back({{"node", row.node},
                    {"layer", row.layer},
                    {"theta", row.theta},
                    {"r", row.radius},
                    {"x", row.x},
                    {"y", row.y},
                    {"component", row.component}});
    if (!row.name.empty()) list.back()["name"] = row.name;
  }
  return list;
}

Json optional_json(const std::optional<double>& value) { return value ? number_json(*value) : Json(); }

Json separation_json(const std::optional<AngularSeparation>& separation) {
  if (!separation) return {};
  return {{"index", number_json(separation->index)}, {"p_value", number_json(separation->p_value)}};
}

/// The communities of the best of ten Leiden runs; none without links.
std::vector<std::int32_t> communities_of(const Graph& graph, std::uint64_t seed, std::stop_token stop) {
  if (graph.link_count() == 0) return {};
  ProgressLine progress("finding communities");
  return maximise_modularity(graph, {.seed = seed}, progress.control(std::move(stop))).community_of;
}

/// HD-correlation and C-score with the coordinates of a table, over the embedded nodes that it lists.
Json agreement_json(const Embedding& embedding, const std::map<NodeIndex, PolarPoint>& reference,
                    std::stop_token stop) {
  const std::vector<double> angles = stretched_angles(embedding);
  std::vector<PolarPoint> ours, theirs;
  for (const auto& [node, place] : reference) {
    if (embedding.component[node] != 0) continue;
    ours.push_back({angles[node], embedding.radius[node]});
    theirs.push_back(place);
  }
  ProgressLine progress("comparing");
  const auto agreement = embedding_agreement(ours, theirs, 0, progress.control(std::move(stop)));
  return {{"hd_correlation", agreement ? optional_json(agreement->hd_correlation) : Json()},
          {"c_score", agreement ? number_json(agreement->c_score) : Json()},
          {"compared_nodes", ours.size()}};
}

std::string agreement_text(const Json& agreement) {
  const auto text = [&](const char* key) {
    return agreement[key].is_null() ? std::string("n/a") : with_decimals(agreement[key].get<double>(), 4);
  };
  return "HD-correlation " + text("hd_correlation") + " and C-score " + text("c_score") + " over " +
         counted(agreement["compared_nodes"].get<std::uint64_t>(), "node");
}

/// The scores of the embedded component, or why there are none.
Json quality_json(const Graph& graph, const Embedding& embedding, std::uint64_t seed, std::stop_token stop) {
  const std::vector<std::int32_t> communities = communities_of(graph, seed, stop);
  ProgressLine progress("scoring");
  const auto quality = embedding_quality(graph, embedding, 0, progress.control(std::move(stop)), communities);
  if (!quality) return {{"value", nullptr}, {"reason", "fewer than two nodes are embedded"}};
  return {{"greedy_routing",
           {{"score", number_json(quality->greedy_routing.score)},
            {"success", number_json(quality->greedy_routing.success)},
            {"mean_length", number_json(quality->greedy_routing.mean_length)}}},
          {"geometrical_congruence", optional_json(quality->geometrical_congruence)},
          {"geometrical_path_congruence", optional_json(quality->geometrical_path_congruence)},
          {"angular_separation",
           {{"layers", separation_json(quality->layer_separation)},
            {"communities", separation_json(quality->community_separation)}}}};
}

/// The table to compare with, if one was given. Throws InvalidInput for nodes that are not in the network.
std::map<NodeIndex, PolarPoint> reference_of(const Options& options, const Graph& graph) {
  if (options.reference.empty()) return {};
  std::map<NodeIndex, PolarPoint> places = read_coordinates(options.reference);
  if (!places.empty() && places.rbegin()->first >= graph.node_count()) {
    throw InvalidInput(options.reference + " lists node " + std::to_string(places.rbegin()->first) +
                       ", but the network has " + std::to_string(graph.node_count()) +
                       " nodes; compare coordinates of the same network");
  }
  return places;
}

/// "RA1 (Repulsion-attraction 1): meaning cost", one line each.
std::string options_text(std::string_view what, std::span<const EmbeddingOption> options) {
  std::string text(what);
  text += ":\n";
  for (const EmbeddingOption& option : options) {
    text.append(option.id).append(" (").append(option.label).append("): ").append(option.meaning);
    if (!option.cost.empty()) text.append(" Takes ").append(option.cost);
    text += "\n";
  }
  return text;
}

std::string ids_of(std::span<const EmbeddingOption> options) {
  std::string text;
  for (const EmbeddingOption& option : options) text.append(text.empty() ? "" : "|").append(option.id);
  return text;
}

int embed_network(const Options& options, const CommandContext& context) {
  const EmbeddingMethod method = parse_embedding_method(options.method);
  const SourceNetwork source = options.network.resolve({context.stop, {}});
  for (const std::string& notice : source.notices) {
    if (!options.json) print_notice(notice);
  }
  const Graph graph = graph_of(*source.network);
  const std::map<NodeIndex, PolarPoint> reference = reference_of(options, graph);
  const Stopwatch watch;
  Embedding embedding;
  {
    ProgressLine progress("embedding");
    embedding = embed(graph, method, progress.control(context.stop));
  }
  const double seconds = watch.seconds();
  const std::vector<CoordinateRow> rows = coordinate_rows(embedding, *source.network);
  if (!options.output.empty()) write_atomically(options.output, coordinate_table(rows));
  std::optional<Json> agreement;
  if (!options.reference.empty()) agreement = agreement_json(embedding, reference, context.stop);
  const std::uint64_t seed = options.network.measuring_seed(source);
  if (options.json) {
    Json object{{"nodes", graph.node_count()},
                {"edges", graph.link_count()},
                {"layers", source.network->layer_sizes()},
                {"method", embedding.method},
                {"note", embedding.note},
                {"beta", number_json(embedding.beta)},
                {"eigenvalues", embedding.eigenvalues},
                {"quality", quality_json(graph, embedding, seed, context.stop)},
                {"seconds", seconds}};
    if (agreement) object["quality"].update(*agreement);
    if (options.output.empty()) object["coordinates"] = coordinates_json(rows);
    std::cout << ascii_text(object, options.output.empty() ? -1 : 2) << '\n';
    return 0;
  }
  if (!embedding.note.empty()) print_notice(embedding.note);
  if (agreement) print_notice(agreement_text(*agreement));
  if (options.output.empty()) {
    std::cout << coordinate_table(rows);
  } else {
    std::cout << options.output << ": " << describe(source) << ", " << embedding.method << " of "
              << counted(graph.node_count(), "node") << " in " << duration_text(seconds) << '\n';
  }
  return 0;
}

}  // namespace

RunCommand declare_embed(OptionParser& parser) {
  const auto options = std::make_shared<Options>();
  options->network.declare(parser);
  const std::string families = parser.notes();
  parser.set_notes([families] {
    return options_text("Link weights, the first part of --method", link_weights_options()) +
           options_text("Reductions, the second", reduction_options()) +
           options_text("Angle adjustments, the third", angle_adjustment_options()) + families;
  });
  parser.add({.name = "--method",
              .help = "WEIGHTS-REDUCTION-ADJUSTMENT, any of " + ids_of(link_weights_options()) + ", " +
                      ids_of(reduction_options()) + " and " + ids_of(angle_adjustment_options()) + " [RA1-LE-EA]",
              .placeholder = "NAME",
              .group = "Embedding"},
             options->method);
  parser.add(
      {.name = "--reference",
       .help = "Compare with the coordinates in this table (columns node, theta and r, named in its first line): "
               "adds hd_correlation and c_score to the quality that --json prints",
       .placeholder = "COORDS.tsv",
       .group = "Embedding"},
      options->reference);
  parser.add(
      {.name = "-o,--output",
       .help = "Write the coordinates to this file (columns node layer theta r x y component, and name for nodes with "
               "names)",
       .placeholder = "FILE"},
      options->output);
  parser.add_flag({.name = "--json", .help = "Print one JSON object"}, options->json);
  return [options](const CommandContext& context) { return embed_network(*options, context); };
}

}  // namespace dnm::cli
