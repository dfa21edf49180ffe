// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/embedding/embedding.h"
#include "core/measures/measure.h"
#include "core/measures/measure_setting.h"
#include "core/parameters/parameter.h"
#include "viz/scenes/network_scene.h"

namespace dnm {

/// How a network is shown and measured, beside what it is; kept in the session's `view` object.
struct ViewSettings {
  NodeColoring node_coloring = NodeColoring::layer;
  LinkColoring link_coloring = LinkColoring::layer;
  bool order_by_community = false;
  Orientation orientation = Orientation::rows;
  bool native_disk = false;
  MeasureSettings measures{};                   ///< what measure_setting_table() holds, but no p-value: see LiveBridge
  std::optional<std::size_t> measured_layer{};  ///< this mask alone (from 0); nothing: the whole network
  int chance_copies = default_chance_copies;    ///< of a comparison with chance, once it is asked for
  EmbeddingMethod embedding{};
  bool operator==(const ViewSettings&) const = default;
};

/// One way to draw the pictures: the options of `dnm figure`, the menus of the window and the keys of a session are
/// made from these rows. Every value is the id of a choice.
struct ViewOption {
  ParameterInfo info;
  std::string_view key;  ///< in the session's `view` object
  std::string (*get)(const ViewSettings&);
  void (*set)(ViewSettings&, std::string_view);
};
/// color, links, order, orientation, disk.
[[nodiscard]] std::span<const ViewOption> view_option_table();
[[nodiscard]] const ViewOption& view_option(std::string_view id);

/// The pictures as these settings ask for them; sizes and colours of the device are the caller's.
[[nodiscard]] SceneOptions scene_options(const ViewSettings& view);
/// Whether it is kept in a session and named by a command line: a p-value is asked for anew each time.
[[nodiscard]] bool lasts(const MeasureSetting& setting);

/// JSON object, and back (what is missing or of another kind keeps its default). Throws InvalidInput for an embedding
/// that does not exist.
[[nodiscard]] std::string view_settings_to_json(const ViewSettings& view, const std::string& unknown_kept_from = "{}");
[[nodiscard]] ViewSettings view_settings_from_json(const std::string& text);

}  // namespace dnm
