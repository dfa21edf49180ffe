// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "app/workspace/experiments/experiment.h"

namespace dnm {

/// The experiments under a folder, as `dnm train --run-dir` and `dnm compare` leave them: a folder with epochs.csv is
/// an experiment of one run, one with folders seed-N is an experiment of those, and one with such folders (for dnm
/// compare in its folder runs) holds as many; named after their folders and in the order of their names, seeds by
/// number. What they were started with is taken from config.json as far as it says; the network is not among it. A run
/// that has trained all its epochs is finished, any other stopped; one without an epoch is left out. Half a line at the
/// end of a file, of a run that was killed, is left out. Throws FileError: missing, no runs, or a file that is no table
/// of epochs.
[[nodiscard]] std::vector<Experiment> read_experiments(const std::filesystem::path& folder);

/// The network of the run in this folder after so many updates of its topology (0: as the training began), from
/// topology.bin: the layers that can be rewired, without the dense classifier. O(links · updates). Throws FileError
/// when there is no folder or no such file in it, and InvalidInput when the run did not come so far or its layers are
/// not one chain.
[[nodiscard]] NetworkPointer network_of_run(const std::filesystem::path& folder, std::uint64_t update);

}  // namespace dnm
