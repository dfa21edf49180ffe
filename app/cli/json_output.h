// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/measures/measure.h"
#include "core/support/json.h"

namespace dnm::cli {

using Json = OrderedJson;

/// {"value": …, "se": … where there is one, "method": …, the details, "reason": null or why there is no value}.
[[nodiscard]] Json measurement_json(const Measurement& measurement);
}  // namespace dnm::cli
