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
/// The preset of this id, or one that a file holds, as a search writes it ("best.json"); a name with ".json" at its end
/// is a file. Throws InvalidInput with "did you mean" for an unknown id, and for a file of another form; FileError.
[[nodiscard]] Preset preset(std::string_view id_or_file);

}  // namespace dnm
