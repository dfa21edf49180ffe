// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace dnm {

/// What the layers of a network are called where they have names of their own; both are empty where they have none.
struct LayerNames {
  std::vector<std::string> neurons;   ///< one per layer of neurons, inputs first: "q", "inputs", "k"
  std::vector<std::string> matrices;  ///< one per mask: "q", "k"
  bool operator==(const LayerNames&) const = default;
};

}  // namespace dnm
