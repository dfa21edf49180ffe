// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/models/model_parameters.h"
#include "core/support/task_control.h"
#include "training/models/topology_source.h"
#include "training/settings/training_settings.h"

namespace dnm {

/// What a run begins with.
struct FirstTopology {
  TopologySource source{};
  std::vector<std::string> notices{};  ///< for the user
  std::string words{};                 ///< a name for it
};

/// The network of these parameters or, for a model that has its matrices drawn by name (draws_matrices()), a topology
/// for each of them: the same parameters as for a network of one layer, each with a seed of its own that follows from
/// the parameters' seed and the matrix's place. Throws as generate(), and InvalidInput for parameters that such
/// matrices cannot have: an initialiser that draws no single layers, links shared out among layers, layers with values
/// of their own. `classes`: of the classifier behind a network, which some initialisers count; 0: none. O(links).
[[nodiscard]] FirstTopology draw_topology(const ModelParameters& parameters, const TrainingSettings& training,
                                          const TaskControl& control, NodeIndex classes = 0);

}  // namespace dnm
