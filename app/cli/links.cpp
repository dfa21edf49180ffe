// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/network_options.h"
#include "app/cli/terminal.h"
#include "app/workspace/missing_links.h"
#include "core/files/atomic_file.h"
#include "core/support/digits.h"

namespace dnm::cli {
namespace {

struct Options {
  NetworkOptions network;
  TableOptions links;
  std::string output;
};

int list_links(const Options& options, const CommandContext& context) {
  MissingLinkSettings settings;
  options.links.apply(missing_link_setting_table(), settings);
  const SourceNetwork source = options.network.resolve({context.stop, {}});
  for (const std::string& notice : source.notices) print_notice(notice);
  const Network& network = *source.network;
  std::vector<MissingLink> links;
  {
    ProgressLine progress("scoring");
    links = missing_links(network, settings, progress.control(context.stop));
  }
  if (links.empty()) print_notice(no_missing_links_text(network, settings.layer));
  if (options.output.empty()) {
    std::cout << missing_links_table(links, {});
  } else {
    write_atomically(options.output, missing_links_table(links, options.output));
    std::cout << options.output << ": " << counted(links.size(), "missing link") << " of " << describe(source)
              << ", layer " << settings.layer << '\n';
  }
  return 0;
}

}  // namespace

RunCommand declare_links(OptionParser& parser) {
  const auto options = std::make_shared<Options>();
  options->network.declare(parser);
  options->links.add(parser, missing_link_setting_table(), MissingLinkSettings{}, "Missing links");
  parser.add({.name = "-o,--output",
              .help = "Write the table (columns output, input and score; neurons of each layer from 0) to this file",
              .placeholder = "FILE"},
             options->output);
  return [options](const CommandContext& context) { return list_links(*options, context); };
}

}  // namespace dnm::cli
