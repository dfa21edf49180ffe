// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/measures/measure.h"
#include "core/support/json.h"

namespace dnm {

/// {"value": …, "se": … where there is one, "method": …, the details, "reason": null or why there is no value}; without
/// what was found for every node.
[[nodiscard]] OrderedJson measurement_json(const Measurement& measurement);
/// The inverse. Throws FileError for anything else.
[[nodiscard]] Measurement measurement_from_json(const OrderedJson& json);

}  // namespace dnm
