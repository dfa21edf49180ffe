// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/models/model_parameters.h"
#include "core/network/network.h"
#include "core/network/random.h"
#include "core/support/task_control.h"

namespace dnm {

/// What an initialiser is given to draw one layer.
struct LayerRequest {
  NodeIndex n_in;
  NodeIndex n_out;
  std::uint64_t links;  ///< T, to be met exactly
  const LayerParameters& parameters;
  Random& random;                     ///< depends on (seed, layer) alone
  std::vector<std::string>& notices;  ///< for what a person should know (T < n_out, …)
  const TaskControl& control;
};

/// A way to draw a sparse topology. Add one: one file with its draw function, one row in initialiser.cpp.
struct Initialiser {
  std::string_view id;       ///< "dnm", "random"
  std::string_view label;    ///< "Dendritic Network Model"
  std::string_view meaning;  ///< one sentence
  Mask (*draw_layer)(const LayerRequest&);
};

[[nodiscard]] std::span<const Initialiser> initialiser_table();
/// Throws InvalidInput with "did you mean" for an unknown id.
[[nodiscard]] const Initialiser& initialiser(std::string_view id);

struct Generated {
  NetworkPointer network;
  std::vector<std::string> notices;
};

/// Draws the network the parameters describe, with exactly T links in every layer. Throws InvalidInput for bad
/// parameters, ResourceError (with the estimate) when it would not fit in memory, Cancelled. O(links + neurons).
[[nodiscard]] Generated generate(const ModelParameters& parameters, const TaskControl& control = {});

}  // namespace dnm
