// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/measurement_json.h"
#include "core/support/json.h"

namespace dnm::cli {

using Json = OrderedJson;

}  // namespace dnm::cli
