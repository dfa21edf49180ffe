// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/workspace/ordered_json.h"
#include "core/measures/measure.h"

namespace dnm::cli {

using Json = OrderedJson;

/// {"value": …, "se": … where there is one, "method": …, the details, "reason": null or why there is no value}.
[[nodiscard]] Json measurement_json(const Measurement& measurement);
/// JSON text, ASCII only; `indent` -1 for one line. Invalid UTF-8 is replaced.
[[nodiscard]] std::string json_text(const Json& value, int indent);

}  // namespace dnm::cli
