// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "app/cli/command.h"
#include "app/cli/network_options.h"
#include "app/cli/terminal.h"
#include "core/files/atomic_file.h"
#include "core/link_prediction/missing_links.h"
#include "core/parameters/number_text.h"
#include "core/parameters/parameter_table.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"

namespace dnm::cli {
namespace {

/// What is asked of the missing links.
struct LinkSettings {
  std::int64_t layer = 1;  ///< from 1
  LinkScore score = LinkScore::ch2_l3n;
  std::int64_t top = 0;  ///< 0: all with a positive score
};

const ParameterTable<LinkSettings>& link_setting_table() {
  static const ParameterTable<LinkSettings> table(
      "option",
      {
          parameter<&LinkSettings::layer>(
              {.id = "layer", .label = "Layer", .meaning = "The layer of links, from 1.", .range = {1, 1e6, 1, false}}),
          parameter<&LinkSettings::score>({.id = "score",
                                           .label = "Score",
                                           .meaning = "By what missing links are judged.",
                                           .choices = link_score_choices()}),
          parameter<&LinkSettings::top>({.id = "top",
                                         .label = "Number",
                                         .meaning = "How many of the likeliest are listed; 0: all with a "
                                                    "positive score.",
                                         .range = {0, 9e15, 1, false}}),
      });
  return table;
}

struct Options {
  NetworkOptions network;
  TableOptions links;
  std::string output;
};

/// With commas between the columns in a file that is called so, else with tabs.
std::string link_table(const std::vector<MissingLink>& links, const std::filesystem::path& file) {
  const std::string gap = lower_case(file.extension().string()) == ".csv" ? "," : "\t";
  std::string text = "output" + gap + "input" + gap + "score\n";
  for (const MissingLink& link : links) {
    text += std::to_string(link.output) + gap + std::to_string(link.input) + gap + format_real(link.score) + "\n";
  }
  return text;
}

int list_links(const Options& options, const CommandContext& context) {
  LinkSettings settings;
  options.links.apply(link_setting_table(), settings);
  const SourceNetwork source = options.network.resolve({context.stop, {}});
  for (const std::string& notice : source.notices) print_notice(notice);
  const Network& network = *source.network;
  if (!network.is_layered()) {
    throw InvalidInput(
        "missing links are scored between two layers, and this network is a graph without any; --as "
        "layers reads a matrix as one layer");
  }
  if (static_cast<std::uint64_t>(settings.layer) > network.masks().size()) {
    throw InvalidInput("layer " + std::to_string(settings.layer) + " is not there: the network has " +
                       counted(network.masks().size(), "layer") + " of links");
  }
  const Mask& mask = network.masks()[static_cast<std::size_t>(settings.layer) - 1];
  std::vector<MissingLink> links;
  {
    ProgressLine progress("scoring");
    links = likeliest_links(mask, settings.score,
                            settings.top > 0 ? std::optional(static_cast<std::uint64_t>(settings.top)) : std::nullopt,
                            progress.control(context.stop));
  }
  if (links.empty()) {
    print_notice("no missing link of layer " + std::to_string(settings.layer) +
                 (mask.link_count() == std::uint64_t{mask.n_in} * mask.n_out ? ": every link is there"
                                                                             : " has a positive score"));
  }
  if (options.output.empty()) {
    std::cout << link_table(links, {});
  } else {
    write_atomically(options.output, link_table(links, options.output));
    std::cout << options.output << ": " << counted(links.size(), "missing link") << " of " << describe(source)
              << ", layer " << settings.layer << '\n';
  }
  return 0;
}

}  // namespace

RunCommand declare_links(OptionParser& parser) {
  const auto options = std::make_shared<Options>();
  options->network.declare(parser);
  options->links.add(parser, link_setting_table(), LinkSettings{}, "Missing links");
  parser.add({.name = "-o,--output",
              .help = "Write the table (columns output, input and score; neurons of each layer from 0) to this file",
              .placeholder = "FILE"},
             options->output);
  return [options](const CommandContext& context) { return list_links(*options, context); };
}

}  // namespace dnm::cli
