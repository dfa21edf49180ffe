// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/network/network.h"

namespace dnm {

/// One weight matrix of a model and which of its cells are links. Its parameters are "NAME.weight" and "NAME.bias".
struct NamedMask {
  std::string name;  ///< "layer1", "classifier"
  Mask mask;
  bool dense = false;  ///< joins every pair, for good: no rule touches it, and its links are not counted
  bool operator==(const NamedMask&) const = default;
};

/// Matrices of a model in its order, shared between threads.
using NamedMasksPointer = std::shared_ptr<const std::vector<NamedMask>>;

}  // namespace dnm
