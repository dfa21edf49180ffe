// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/files/network_files.h"
#include "core/network/layer_names.h"
#include "core/network/network.h"

namespace dnm {

/// The network that the parameters draw is shown.
struct ShownModel {
  bool operator==(const ShownModel&) const = default;
};

/// The network of a file is shown.
struct ShownFile {
  std::string file{};
  NetworkPointer network{};  ///< null: not read yet
  std::string provenance{};  ///< JSON text in the file about the origin of its network; may be empty
  ReadOptions reading{};     ///< how the file is read
  std::string problem{};     ///< why the network could not be read, in one sentence; empty: it was, or is still to be
  bool operator==(const ShownFile&) const = default;
};

/// The network of a training run is shown, at one point of its training.
struct ShownRun {
  std::string experiment{};  ///< identity of the experiment that the run belongs to
  std::uint64_t seed = 0;    ///< of the run
  std::string folder{};      ///< run folder; empty: none
  std::string file{};        ///< the network file that the training started from; empty: drawn from the parameters
  std::uint64_t update = 0;  ///< after so many updates of the topology; 0: as the training began
  NetworkPointer network{};  ///< of the group; null: not read yet
  ReadOptions reading{};     ///< how that network file is read
  /// The id of the group of matrices that is shown (matrix_group.h); empty: the chain of all or, until it is read, the
  /// first group that the run has.
  std::string matrices{};
  LayerNames names{};                       ///< of its layers, read with the network
  std::optional<std::uint64_t> compared{};  ///< the update its links are compared with; nothing: the one before it
  NetworkPointer before{};                  ///< after that update; null: not read yet
  bool follows = true;      ///< each new update takes its place while the run trains: the right end of the time line
  bool is_working = false;  ///< it is the working network: what changed is not shown, and training asks no question
  int epoch = 0;            ///< that the update lies in, from 1; 0: the start, or not read yet
  std::string problem{};    ///< why its links could not be read, in one sentence; empty: they were, or are still to be
  bool operator==(const ShownRun&) const = default;
};

using Shown = std::variant<ShownModel, ShownFile, ShownRun>;

}  // namespace dnm
