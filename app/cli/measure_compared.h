// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/measure_options.h"
#include "app/cli/network_options.h"

namespace dnm::cli {

/// Several networks in one table, with how far each lies from the first.
struct ComparedOptions {
  std::vector<std::string> with;  ///< files, sessions, run folders, presets, or the random network of the same links
  bool pins = false;              ///< those of the session in FILE
  std::string table;              ///< an id of table_formats(); empty: for people

  void declare(OptionParser& parser);
  [[nodiscard]] bool is_given() const { return !with.empty() || pins || !table.empty(); }
};

/// Measures and prints them; what a session knows of its pins is not computed again. Throws UsageError and dnm::Error.
int measure_compared(const ComparedOptions& options, const NetworkOptions& network, const MeasureOptions& measures,
                     bool json, const CommandContext& context);

}  // namespace dnm::cli
