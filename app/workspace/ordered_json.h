// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

namespace dnm {

/// JSON whose keys stay in insertion order.
using OrderedJson = nlohmann::ordered_json;

}  // namespace dnm
