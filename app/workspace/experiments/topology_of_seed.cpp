// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/topology_of_seed.h"

#include <filesystem>
#include <utility>
#include <variant>

#include "app/workspace/experiments/run_folders.h"
#include "app/workspace/experiments/training_start.h"
#include "core/files/network_files.h"
#include "core/support/error.h"
#include "training/models/model_table.h"
#include "training/runs/run_seeds.h"
#include "training/runs/topology_file.h"

namespace dnm {

namespace {

/// What a run had after so many updates, as a model of these settings begins with it: all its matrices, whichever are
/// shown, or the network.
TopologySource source_of_run(const ShownRun& run, const TrainingSettings& training) {
  if (draws_matrices(training) && !run.folder.empty())
    return TopologySource(read_topology_file(std::filesystem::path(run.folder) / topology_file_name).after(run.update));
  return run.network ? run.network : network_of_run(run.folder, run.update, run.matrices);
}

}  // namespace

TopologyOfSeed first_topology_of(const WorkspaceState& start) {
  return [shown = start.shown, first = first_parameters(start.parameters, start.training), training = start.training](
             std::uint64_t seed, const TaskControl& control) -> FirstTopology {
    if (const auto* file = std::get_if<ShownFile>(&shown))
      return {file->network ? file->network : read_network(file->file, file->reading, control).network};
    if (const auto* run = std::get_if<ShownRun>(&shown)) return {source_of_run(*run, training)};
    return draw_topology(parameters_of_seed(first, seed), training, control);
  };
}

TopologyOfSeed or_kept_topology(TopologyOfSeed topology, const std::string& folder, const TrainingSettings& training) {
  return [topology = std::move(topology), kept = ShownRun{.folder = folder}, training](
             std::uint64_t seed, const TaskControl& control) -> FirstTopology {
    try {
      return topology(seed, control);
    } catch (const Cancelled&) {
      throw;
    } catch (const Error&) {
      try {
        return {source_of_run(kept, training)};
      } catch (const Error&) {
        // The first problem is the one to report.
      }
      throw;
    }
  };
}

}  // namespace dnm
