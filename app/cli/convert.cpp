// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/network_options.h"
#include "app/cli/terminal.h"
#include "app/workspace/provenance.h"
#include "app/workspace/words.h"
#include "core/embedding/embedding.h"
#include "core/files/network_files.h"
#include "core/measures/measure.h"

namespace dnm::cli {
namespace {

struct Options {
  std::string in;
  std::string out;
  bool attributes = false;
};

/// Extensions of the formats that store per-neuron results.
std::string extensions_with_attributes() {
  std::string text;
  for (const NetworkFormat& format : network_formats()) {
    if (format.keeps_attributes) text.append(text.empty() ? "" : ", ").append(format.extension);
  }
  return text;
}

/// The communities of the best of ten Leiden runs, and the coordinates of the default embedding.
NodeAttributes attributes_of(const Network& network, ProgressLine& progress, std::stop_token stop) {
  const Graph graph = graph_of(network);
  const TaskControl control = progress.control(std::move(stop));
  NodeAttributes attributes;
  progress.set_label("finding communities");
  attributes.community = measure(community_measure).compute(graph, MeasureSettings{}, control, {}).communities;
  progress.set_label("embedding");
  Embedding embedding = embed(graph, EmbeddingMethod{}, control);
  attributes.radius = std::move(embedding.radius);
  attributes.theta = std::move(embedding.theta);
  return attributes;
}

int convert(const Options& options, const CommandContext& context) {
  const NetworkFormat* const format = network_format_of(options.out);
  if (options.attributes && (format == nullptr || !format->keeps_attributes)) {
    throw UsageError("--attributes needs an OUT that keeps them (" + extensions_with_attributes() + ")");
  }
  ProgressLine progress("reading");
  NetworkOptions input;
  input.set_file(options.in);
  const SourceNetwork source = input.resolve(progress.control(context.stop));
  // Provenance is kept in the new format.
  NetworkFile file{source.network, provenance_of(state_of(source), options.out)};
  if (options.attributes) file.attributes = attributes_of(*source.network, progress, context.stop);
  write_network(options.out, file);
  progress.clear();
  for (const std::string& notice : source.notices) print_notice(notice);
  std::cout << options.out << ": " << network_text(*source.network) << '\n';
  return 0;
}

}  // namespace

RunCommand declare_convert(OptionParser& parser) {
  const auto options = std::make_shared<Options>();
  parser.add({.name = "IN", .help = network_input_help(), .required = true}, options->in);
  parser.add({.name = "OUT",
              .help = "The file to write; its name decides the format (" + network_extensions() + ")",
              .required = true},
             options->out);
  parser.add_flag({.name = "--attributes",
                   .help = "Write each neuron's community (Leiden) and hyperbolic coordinates (RA1-LE-EA) too (" +
                           extensions_with_attributes() + ")"},
                  options->attributes);
  return [options](const CommandContext& context) { return convert(*options, context); };
}

}  // namespace dnm::cli
