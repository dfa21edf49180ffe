// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/link_prediction/missing_links.h"
#include "core/network/network.h"
#include "core/parameters/parameter_table.h"
#include "core/support/task_control.h"

namespace dnm {

/// What is asked of the missing links of a network.
struct MissingLinkSettings {
  std::int64_t layer = 1;  ///< of links, from 1
  LinkScore score = LinkScore::ch2_l3n;
  std::int64_t top = 0;  ///< how many of the likeliest; 0: all with a positive score
  bool operator==(const MissingLinkSettings&) const = default;
};
/// "layer", "score", "top".
[[nodiscard]] const ParameterTable<MissingLinkSettings>& missing_link_setting_table();

/// likeliest_links() of a layer of the network. Throws InvalidInput for a graph and a layer that is not there.
[[nodiscard]] std::vector<MissingLink> missing_links(const Network& network, const MissingLinkSettings& settings,
                                                     const TaskControl& control);

/// Columns output, input and score under a line of their names, with commas between them in a file that is called
/// .csv, else with tabs; neurons of each layer from 0, scores with the fewest digits that give them back.
[[nodiscard]] std::string missing_links_table(const std::vector<MissingLink>& links, const std::filesystem::path& file);
/// Why this layer (from 1, in the network) has no missing link with a positive score, in one sentence.
[[nodiscard]] std::string no_missing_links_text(const Network& network, std::int64_t layer);

}  // namespace dnm
