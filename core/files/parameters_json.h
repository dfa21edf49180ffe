// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include "core/models/model_parameters.h"

namespace dnm {

/// Keys stay in the order of the parameter table.
using OrderedJson = nlohmann::ordered_json;

/// {"model": "dnm", "degree": "fixed", …, "overrides": {"2": {"degree": "spatial-gaussian:2"}}}: every row of the
/// parameter table as command-line text, including those that the chosen initialiser does not use; layers count from 1.
[[nodiscard]] OrderedJson parameters_to_json(const ModelParameters& parameters);

/// The inverse; a missing key keeps its default, and a number may replace its text. Keys that are not parameters are
/// put into `unknown`. Throws InvalidInput with the key for a bad value, and for parameters that cannot draw a network.
[[nodiscard]] ModelParameters parameters_from_json(const OrderedJson& json, OrderedJson& unknown);

}  // namespace dnm
