// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/models/model_parameters.h"

namespace dnm {

/// A named starting point: the poster's panels, shipped in resources/presets (one file each, compiled in).
struct Preset {
  std::string id;           ///< "poster-b"
  std::string title;        ///< "b  standard"
  std::string description;  ///< one sentence
  ModelParameters parameters;
};
[[nodiscard]] const std::vector<Preset>& presets();
/// Throws InvalidInput with "did you mean" for an unknown id.
[[nodiscard]] const Preset& preset(std::string_view id);

}  // namespace dnm
