// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/network_options.h"
#include "app/cli/terminal.h"
#include "app/workspace/provenance.h"
#include "core/files/network_files.h"
#include "core/parameters/look_up.h"
#include "core/support/digits.h"

namespace dnm::cli {
namespace {

struct GenerateOptions {
  NetworkOptions network;
  std::string output;
  std::string format;
};

int generate_network(const GenerateOptions& options, const CommandContext& context) {
  ProgressLine progress("drawing");
  const SourceNetwork source = options.network.resolve(progress.control(context.stop));
  for (const std::string& notice : source.notices) print_notice(notice);
  const std::string provenance = provenance_of(state_of(source), options.output);
  for (const std::string& lost : write_network(options.output, {source.network, provenance}, options.format)) {
    print_notice(lost);
  }
  progress.clear();
  if (options.output == "-") return 0;
  std::cout << options.output << ": " << describe(source) << ", " << counted(source.network->node_count(), "neuron")
            << ", " << counted(source.network->link_count(), "link") << '\n';
  return 0;
}

}  // namespace

RunCommand declare_generate(OptionParser& parser) {
  const auto options = std::make_shared<GenerateOptions>();
  options->network.declare(parser, false);
  parser.add({.name = "-o,--output",
              .help = "The file to write (" + written_network_extensions() + "), or - for standard output",
              .placeholder = "FILE",
              .required = true},
             options->output);
  parser.add({.name = "--format",
              .help = "The format to write where the name does not tell it, as for standard output",
              .placeholder = "EXT",
              .choices = row_ids(network_formats())},
             options->format);
  return [options](const CommandContext& context) { return generate_network(*options, context); };
}

}  // namespace dnm::cli
