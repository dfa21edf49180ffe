// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "app/workspace/run_charts.h"

namespace dnm {

/// The runs under a folder, as `dnm train --run-dir` and `dnm compare` leave them: a folder with epochs.csv is a group
/// of one run, one with folders seed-N is a group of those, and one with such groups (for dnm compare in its folder
/// runs) holds as many; named after their folders and in the order of their names, seeds by number. What makes a group
/// again is taken from config.json. Half a line at the end of a file, of a run that was killed, is left out. Throws
/// FileError: missing, no runs, or a file that is no table of epochs.
[[nodiscard]] std::vector<PlottedGroup> read_run_groups(const std::filesystem::path& folder);

}  // namespace dnm
