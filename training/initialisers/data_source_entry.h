// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/data_source.h"

namespace dnm {

/// Exported by the training module as `dnm_data_source`; the object lives as long as the program.
using DataSourceEntry = DataSource* (*)();

}  // namespace dnm
