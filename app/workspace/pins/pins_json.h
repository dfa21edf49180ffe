// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/workspace/pins/pin.h"
#include "app/workspace/pins/pin_results.h"
#include "core/support/json.h"

namespace dnm {

/// Pins in a session: {"picture": …, "reference": …, "networks": [{"name": …, "parameters": …, what is shown as in the
/// session itself, "measured": settings and values}, …]}. Of the results, the values of measures are kept.
[[nodiscard]] OrderedJson pins_to_json(const Pins& pins, const PinResults& results);

struct ReadPins {
  Pins pins{};
  PinResults results{};
  std::string problem{};  ///< one sentence if some pins could not be read; else empty
};
/// The inverse. Never throws: damaged pins are left out, and damaged values are computed again.
[[nodiscard]] ReadPins pins_from_json(const OrderedJson& json);

}  // namespace dnm
