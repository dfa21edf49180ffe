// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "app/cli/table_options.h"

namespace dnm::cli {

/// Takes what the file of a comparison says as if it had been given as options; those that were given count. The file
/// is one with the keys "rows", "seeds", "validation", "sparsity" and, in "training", settings of `dnm train`; "method"
/// may name several rules. Or it is a comparison that comes with the program. Throws FileError, and InvalidInput for a
/// key that is not known.
void read_comparison_file(const std::string& file, TableOptions& options, std::optional<std::string>& rows);

}  // namespace dnm::cli
