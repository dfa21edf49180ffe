// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/network_options.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "core/files/network_files.h"

namespace dnm::cli {

RunCommand declare_convert(CLI::App& app) {
  struct Files {
    std::string in;
    std::string out;
  };
  const auto files = std::make_shared<Files>();
  app.add_option("IN", files->in, "A network (.npz, .tsv) or a session (.dnm.json)")->type_name("")->required();
  app.add_option("OUT", files->out, "The file to write; its name decides the format (.npz, .tsv)")
      ->type_name("")
      ->required();
  return [files](const CommandContext& context) {
    ProgressLine progress("reading");
    NetworkOptions input;
    input.set_file(files->in);
    const SourceNetwork source = input.resolve(progress.control(context.stop));
    // What a network came from stays true in another format.
    const std::string provenance = source.parameters ? provenance_of(*source.parameters) : source.provenance;
    write_network(files->out, {source.network, provenance});
    std::cout << files->out << ": " << describe_layers(*source.network) << ", "
              << format_count(source.network->link_count()) << " links\n";
    return 0;
  };
}

}  // namespace dnm::cli
