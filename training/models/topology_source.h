// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/network/network.h"
#include "training/layers/named_mask.h"

namespace dnm {

/// A matrix of a model that a topology is asked for.
struct MatrixRequest {
  std::string name;  ///< "encoder1.self.q"
  NodeIndex n_out = 0;
  NodeIndex n_in = 0;
  bool dendrites_on_inputs = false;  ///< draw it with the inputs in the role of the outputs
  bool operator==(const MatrixRequest&) const = default;
};

/// What the sparse matrices of a model begin as: the layers of one network, or masks by the matrices' names. Which of
/// the two a model takes follows from its kind (matrices_of()).
struct TopologySource {
  TopologySource() = default;
  TopologySource(NetworkPointer of_layers)  // NOLINT(google-explicit-constructor): most models take a network
      : network(std::move(of_layers)) {}
  explicit TopologySource(std::vector<NamedMask> by_name) : matrices(std::move(by_name)) {}

  NetworkPointer network{};           ///< null where there are matrices
  std::vector<NamedMask> matrices{};  ///< in the order of the model's forward pass; empty where there is a network
};

}  // namespace dnm
