// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/models/data_source.h"
#include "core/models/model_parameters.h"
#include "core/network/network.h"
#include "core/network/random.h"
#include "core/support/task_control.h"

namespace dnm {

/// Inputs of drawing besides the parameters. The network depends on `classes` for the initialiser dense-equal alone,
/// and never on `threads`.
struct DrawingContext {
  DataSourceProvider data{};  ///< for the initialisers that need a data set; may be empty
  NodeIndex classes = 0;      ///< outputs of the dense classifier that training will add; 0: none
  unsigned threads = 0;       ///< 0: all available
};

/// The arguments for drawing one layer.
struct LayerRequest {
  NodeIndex n_in;
  NodeIndex n_out;
  std::uint64_t links;  ///< T, to be met exactly
  const LayerParameters& parameters;
  Random& random;                     ///< depends on (seed, layer) alone
  std::vector<std::string>& notices;  ///< sentences for the user (T < n_out, …)
  const TaskControl& control;
  unsigned threads = 0;  ///< 0: all available
};

/// The arguments for drawing all layers together.
struct NetworkRequest {
  const ModelParameters& parameters;
  const std::vector<std::uint64_t>& links;  ///< T of every layer
  const DrawingContext& context;
  std::vector<std::string>& notices;
  const TaskControl& control;
};

using DrawLayer = Mask(const LayerRequest& request);
using DrawNetwork = Network(const NetworkRequest& request);

/// A way to draw a topology. Add one: one file with its draw function, one row in initialiser.cpp.
struct Initialiser {
  std::string_view id;                  ///< "dnm", "random"
  std::string_view label;               ///< "Dendritic Network Model"
  std::string_view meaning;             ///< one sentence
  DrawLayer* draw_layer = nullptr;      ///< draws independent layers one by one; null:
  DrawNetwork* draw_network = nullptr;  ///< draws all at once
  /// Upper bound of the memory, in bytes, that drawing a layer takes besides its mask.
  std::uint64_t (*working_memory)(std::uint64_t n_in, std::uint64_t n_out, std::uint64_t links,
                                  const LayerParameters&) = nullptr;
  bool meets_sparsity = true;  ///< whether the number of its links follows from the sparsity
  bool learns_from_data = false;
};

[[nodiscard]] std::span<const Initialiser> initialiser_table();
/// Throws InvalidInput with "did you mean" for an unknown id.
[[nodiscard]] const Initialiser& initialiser(std::string_view id);

/// For draw functions: adds a notice where there are fewer links than output neurons.
void report_empty_rows(const LayerRequest& request);

struct Generated {
  NetworkPointer network;
  std::vector<std::string> notices;
};

/// Draws the network the parameters describe, with exactly T links in every layer (links_of_layers). Throws
/// InvalidInput for bad parameters, ResourceError (with the estimate) when it would not fit in memory, or when an
/// initialiser needs a data set and there is no data source; Cancelled. O(links + neurons).
[[nodiscard]] Generated generate(const ModelParameters& parameters, const TaskControl& control = {},
                                 const DrawingContext& context = {});

}  // namespace dnm
