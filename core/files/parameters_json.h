// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/models/model_parameters.h"

namespace dnm {

/// A JSON object: {"model": "dnm", "degree": "fixed", …, "overrides": {"2": {"degree": "spatial-gaussian:2"}}}: every
/// row of the parameter table as command-line text, including those that the chosen initialiser does not use; layers
/// count from 1.
[[nodiscard]] std::string parameters_to_json(const ModelParameters& parameters);

/// What such an object holds.
struct ParametersInJson {
  ModelParameters parameters{};  ///< default where the key is missing
  std::string unknown = "{}";    ///< JSON object of the keys that are not parameters
};
/// The inverse; a value may be a number in place of its text. Throws InvalidInput with the key for a bad value, for
/// parameters that cannot draw a network and for text that is not a JSON object.
[[nodiscard]] ParametersInJson parameters_from_json(std::string_view text);

}  // namespace dnm
