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

/// Adds what is to be said of one layer (from 0): "layer 2: …". What is said of several layers alike becomes one
/// notice, "layers 2, 3: …".
void add_notice_of_layer(std::vector<std::string>& notices, std::size_t layer, const std::string& notice);

}  // namespace dnm
