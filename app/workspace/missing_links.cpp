// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/missing_links.h"

#include <optional>

#include "core/parameters/number_text.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"

namespace dnm {

const ParameterTable<MissingLinkSettings>& missing_link_setting_table() {
  using S = MissingLinkSettings;
  static const ParameterTable<S> table(
      "option",
      {
          parameter<&S::layer>(
              {.id = "layer", .label = "Layer", .meaning = "The layer of links, from 1.", .range = {1, 1e6, 1, false}}),
          parameter<&S::score>({.id = "score",
                                .label = "Score",
                                .meaning = "By what missing links are judged.",
                                .choices = link_score_choices()}),
          parameter<&S::top>({.id = "top",
                              .label = "Number",
                              .meaning = "How many of the likeliest are listed; 0: all with a positive score.",
                              .range = {0, 9e15, 1, false}}),
      });
  return table;
}

std::vector<MissingLink> missing_links(const Network& network, const MissingLinkSettings& settings,
                                       const TaskControl& control) {
  if (!network.is_layered()) {
    throw InvalidInput(
        "missing links are scored between two layers, and this network is a graph without any; read its matrix as one "
        "layer (Read as Layers, --as layers)");
  }
  if (settings.layer < 1 || static_cast<std::uint64_t>(settings.layer) > network.masks().size()) {
    throw InvalidInput("layer " + std::to_string(settings.layer) + " is not there: the network has " +
                       counted(network.masks().size(), "layer") + " of links");
  }
  return likeliest_links(network.masks()[static_cast<std::size_t>(settings.layer) - 1], settings.score,
                         settings.top > 0 ? std::optional(static_cast<std::uint64_t>(settings.top)) : std::nullopt,
                         control);
}

std::string missing_links_table(const std::vector<MissingLink>& links, const std::filesystem::path& file) {
  const std::string gap = lower_case(file.extension().string()) == ".csv" ? "," : "\t";
  std::string text = "output" + gap + "input" + gap + "score\n";
  for (const MissingLink& link : links) {
    text += std::to_string(link.output) + gap + std::to_string(link.input) + gap + format_real(link.score) + "\n";
  }
  return text;
}

std::string no_missing_links_text(const Network& network, std::int64_t layer) {
  const Mask& mask = network.masks()[static_cast<std::size_t>(layer) - 1];
  const bool is_full = mask.link_count() == std::uint64_t{mask.n_in} * mask.n_out;
  return "no missing link of layer " + std::to_string(layer) +
         (is_full ? ": every link is there" : " has a positive score: no path of three links joins any two neurons");
}

}  // namespace dnm
