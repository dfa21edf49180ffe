// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/network_options.h"
#include "app/cli/terminal.h"
#include "app/workspace/experiments/run_folders.h"
#include "app/workspace/experiments/run_moments.h"
#include "app/workspace/experiments/trained_weights.h"
#include "app/workspace/provenance.h"
#include "app/workspace/words.h"
#include "core/embedding/embedding.h"
#include "core/files/network_files.h"
#include "core/files/network_tensors.h"
#include "core/measures/measure.h"
#include "core/network/dead_ends.h"
#include "core/support/digits.h"
#include "core/support/error.h"

namespace dnm::cli {
namespace {

struct Options {
  std::string in;
  std::string out;
  ReadingOptions reading;
  std::string update;
  std::string matrices;
  bool attributes = false;
  bool remove_dead_ends = false;
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

/// Whether IN is the folder of a run of several groups of matrices, which no one network holds.
bool has_groups(const std::string& in) {
  std::error_code code;
  if (!std::filesystem::is_directory(in, code)) return false;
  try {
    RunMoments moments(rewired_run_in(in));
    static_cast<void>(moments.refresh());
    return moments.groups().size() > 1;
  } catch (const Error&) {
    return false;  // its checkpoint may still be there
  }
}

/// Whether IN is a checkpoint by its name, of which everything is wanted.
bool may_have_weights(const std::filesystem::path& in, const NetworkFormat* out, const ReadingOptions& reading) {
  return network_format_of(in) == &network_format_named(".pt") && out == &network_format_named(weights_extension) &&
         !reading.is_given();
}

/// Throws UsageError for a checkpoint of trained layers, whose weights without some links would be another model: a
/// neuron without inputs still passes its bias on.
void check_no_weights(const std::filesystem::path& in, const TaskControl& control) {
  if (read_trained_layers(in, control).empty()) return;
  throw UsageError("--remove-dead-ends takes links out of a network, and OUT (" + std::string(weights_extension) +
                   ") would have the trained weights of all links; leave it out, or give OUT the name of a network "
                   "format");
}

/// The network without its dead ends; says how many links went.
NetworkPointer pruned(const Network& network) {
  auto pruned = std::make_shared<const Network>(without_dead_ends(network));
  const std::uint64_t gone = network.link_count() - pruned->link_count();
  const std::string path = " path from an input to an output of the last layer";
  print_notice(gone == 0 ? "every link lies on a" + path
                         : "removed " + counted(gone, "link") + " that lay on no" + path);
  return pruned;
}

int convert(const Options& options, const CommandContext& context) {
  const NetworkFormat* const named = network_format_of(options.out);
  const bool to_weights = named == &network_format_named(weights_extension);
  const bool of_topology =
      !options.update.empty() || !options.matrices.empty() || (!to_weights && has_groups(options.in));
  const std::filesystem::path in = of_topology ? std::filesystem::path(options.in) : checkpoint_of(options.in);
  ReadOptions reading = options.reading.reading();
  // --format is of that end whose name leaves it open.
  const std::string written = named == nullptr ? std::exchange(reading.format, {}) : std::string();
  const NetworkFormat* const format = written.empty() ? named : &network_format_named(written);
  if (options.attributes && (format == nullptr || !format->keeps_attributes)) {
    throw UsageError("--attributes needs an OUT that keeps them (" + extensions_with_attributes() + ")");
  }
  if (std::error_code failed; std::filesystem::equivalent(in, options.out, failed)) {
    throw UsageError("OUT is IN itself (" + options.out +
                     "): what the network does not keep, such as weights, would be lost; give another name");
  }
  ProgressLine progress("reading");
  if (may_have_weights(in, format, options.reading)) {
    if (options.remove_dead_ends) {
      check_no_weights(in, progress.control(context.stop));
    } else if (const ExportedWeights exported = export_weights(in, options.out, progress.control(context.stop));
               exported.layers > 0) {
      progress.clear();
      std::cout << options.out << ": " << exported_text(exported) << '\n';
      return 0;
    }
  }
  NetworkOptions input;
  input.set_file(in.string(), std::move(reading));
  input.set_update(options.update);
  input.set_matrices(options.matrices);
  const SourceNetwork source = input.resolve(progress.control(context.stop));
  // Provenance is kept in the new format.
  NetworkFile file{source.network, provenance_of(state_of(source), options.out)};
  if (options.remove_dead_ends) {
    progress.clear();
    file.network = pruned(*source.network);
    file.provenance = provenance_of_change(context.command_line, file.provenance, options.out);
  }
  if (options.attributes) file.attributes = attributes_of(*file.network, progress, context.stop);
  const std::vector<std::string> losses = write_network(options.out, file, written);
  progress.clear();
  for (const std::string& notice : source.notices) print_notice(notice);
  for (const std::string& loss : losses) print_notice(loss);
  if (options.out == "-") return 0;
  std::cout << options.out << ": " << network_text(*file.network) << '\n';
  return 0;
}

}  // namespace

RunCommand declare_convert(OptionParser& parser) {
  const auto options = std::make_shared<Options>();
  parser.add({.name = "IN",
              .help = network_input_help() + ", or the folder of a run, whose trained weights go to " +
                      weights_extension + ", its network to other formats",
              .required = true},
             options->in);
  parser.add({.name = "OUT",
              .help = "The file to write; its name decides the format (" + written_network_extensions() +
                      "); - for standard output, with --format",
              .required = true},
             options->out);
  options->reading.declare(parser);
  parser.add({.name = "--update",
              .help = "The network after so many updates of its links, of the run whose folder IN is [the last, with "
                      "its weights]",
              .placeholder = "N"},
             options->update);
  declare_matrices(parser, options->matrices);
  parser.set_help("--format",
                  "The format of OUT where its name does not tell it (-), else of IN [its first bytes tell]");
  parser.add_flag({.name = "--attributes",
                   .help = "Write each neuron's community (Leiden) and hyperbolic coordinates (RA1-LE-EA) too (" +
                           extensions_with_attributes() + ")"},
                  options->attributes);
  parser.add_flag({.name = "--remove-dead-ends",
                   .help = "Leave out the links of a layered network that lie on no path from an input to an output of "
                           "the last layer"},
                  options->remove_dead_ends);
  return [options](const CommandContext& context) { return convert(*options, context); };
}

}  // namespace dnm::cli
