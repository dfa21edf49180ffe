// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/initialiser.h"

namespace dnm {

struct DataInUse {
  DataSource& source;
  DataChoice choice;
};

/// The data source of a request and the data set its parameters name, after checking that the first layer fits. Throws
/// ResourceError without a source, InvalidInput.
[[nodiscard]] DataInUse data_of(const NetworkRequest& request);

}  // namespace dnm
