// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/embedding/embedding.h"
#include "core/measures/measure.h"
#include "core/measures/measure_setting.h"
#include "viz/scenes/picture_options.h"

namespace dnm {

/// How a network is drawn and measured; kept in the session's `view` object.
struct ViewSettings {
  PictureOptions pictures{};
  MeasureSettings measures{};                   ///< those of measure_setting_table(); p-values are requested separately
  std::optional<std::size_t> measured_layer{};  ///< this mask alone (from 0); nothing: the whole network
  int chance_copies = default_chance_copies;    ///< of a comparison with chance
  EmbeddingMethod embedding{};
  bool operator==(const ViewSettings&) const = default;
};

/// How pictures are drawn and what is measured; settings of the measures are in measure_setting_table(). Rows: those
/// of picture_option_table(), method, measured-layer (0: the whole network), chance (copies to compare with).
[[nodiscard]] const ParameterTable<ViewSettings>& view_option_table();

/// To a JSON object and back; missing, invalid and unknown values keep their defaults.
[[nodiscard]] std::string view_settings_to_json(const ViewSettings& view, const std::string& unknown_kept_from = "{}");
[[nodiscard]] ViewSettings view_settings_from_json(const std::string& text);

}  // namespace dnm
