// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/embedding/embedding.h"
#include "core/measures/measure.h"
#include "core/network/layer_names.h"
#include "core/network/network.h"

namespace dnm {

/// The result of one measure as the pictures know it.
struct SceneMeasurement {
  std::shared_ptr<const Measurement> value{};  ///< null while there is none
  bool is_stale = false;                       ///< of another network or setting, until the new one is computed
  std::string problem{};                       ///< why it failed, or why a stale one stays so; empty: neither
  bool operator==(const SceneMeasurement&) const = default;  ///< the same objects, not equal ones
};

/// One network and all that its pictures are made of. The same input gives every view: one network, drawn everywhere.
struct SceneInput {
  NetworkPointer network{};
  std::shared_ptr<const Embedding> embedding{};  ///< null while there is none; the disk then shows a message
  /// In the order of measure_table(); those beyond the end are not computed yet. Their values per node are those of all
  /// nodes of the network: see spread_over_network().
  std::vector<SceneMeasurement> measures{};
  std::optional<std::size_t>
      measured_layer{};     ///< the mask (from 0) that was measured alone; nothing: the whole network
  LayerNames names{};       ///< of its layers; empty: "inputs", "layer 1", …
  NetworkPointer before{};  ///< an earlier or other moment of it, to show what changed since; null: none
  bool operator==(const SceneInput&) const = default;  ///< the same objects, not equal ones
};

/// What a picture needs besides the network.
struct PictureNeeds {
  bool layers = false;         ///< a layered network; for any other there is a message in place of the picture
  bool embedding = false;      ///< positions in the hyperbolic disk
  std::string_view measure{};  ///< id of a measure whose result is shown; empty: none
  bool before = false;         ///< the network before it, where there is one
  bool measures = false;       ///< the results of all measures
};

/// The result of a measure, by its id; an empty one while there is none. Throws InvalidInput for an unknown id.
[[nodiscard]] const SceneMeasurement& measurement_of(const SceneInput& input, std::string_view measure);
/// The same, to be set; throws InvalidInput for an unknown id.
[[nodiscard]] SceneMeasurement& measurement_of(SceneInput& input, std::string_view measure);

/// One community number per node of the network, -1 for a node that was not measured; empty while there are none.
[[nodiscard]] std::span<const std::int32_t> communities_of(const SceneInput& input);

}  // namespace dnm
