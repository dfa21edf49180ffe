// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/network/network.h"

namespace dnm {

/// Sorts every row of a mask and takes out doubles, which are counted. O(links · log links per neuron).
std::uint64_t sort_rows(Mask& mask);

}  // namespace dnm
