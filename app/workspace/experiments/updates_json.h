// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/json.h"
#include "training/metrics/update_result.h"

namespace dnm {

/// One update as `dnm train --json` prints it: seed, update, step, epoch, epochs_passed, the metrics of all layers
/// together, and in "layers" those of each layer; null where there is no value.
[[nodiscard]] OrderedJson update_to_json(const UpdateResult& result);

/// The updates of a run as a session keeps them: an array for each column, as for epochs, of all layers together under
/// "all" and of each layer under "layers". A metric that no update has a value of is left out.
[[nodiscard]] OrderedJson updates_to_json(std::span<const UpdateResult> updates);
/// The same back. Throws OrderedJson::exception, or InvalidInput, where that is not what it holds.
[[nodiscard]] std::vector<UpdateResult> updates_from_json(const OrderedJson& json, std::uint64_t seed);

}  // namespace dnm
