// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/workspace/shown.h"
#include "core/models/model_parameters.h"

namespace dnm {

/// A network that is kept beside the working one, to be compared with others.
struct Pin {
  std::string name{};            ///< as the user calls it
  ModelParameters parameters{};  ///< what it is drawn from; of a file or run, those that were set when it was pinned
  Shown shown{};                 ///< the model, a file, or a run as a working network
  std::string unknown = "{}";    ///< JSON object of the keys of its session that this version does not know
  bool operator==(const Pin&) const = default;
};

/// Whether two pins are of one network, whatever they are called.
[[nodiscard]] inline bool same_network(const Pin& a, const Pin& b) {
  return a.shown == b.shown && a.parameters == b.parameters;
}

/// The networks that are kept side by side.
struct Pins {
  std::vector<Pin> list{};         ///< no two of one network
  std::size_t reference = 0;       ///< the place of the one that the others are compared with; 0 in an empty list
  std::string picture = "matrix";  ///< id of the picture of each, of network_scene_table()
  bool operator==(const Pins&) const = default;
};

}  // namespace dnm
