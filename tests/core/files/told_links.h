// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/network/network.h"

namespace dnm::test {

/// As torch_files.py tells them.
inline std::string told(const Network& network) {
  std::string lines;
  for (std::size_t layer = 0; layer < network.masks().size(); ++layer) {
    const Mask& mask = network.masks()[layer];
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      for (const NodeIndex input : mask.row(output)) {
        lines += std::to_string(layer) + " " + std::to_string(output) + " " + std::to_string(input) + "\n";
      }
    }
  }
  return lines;
}

}  // namespace dnm::test
