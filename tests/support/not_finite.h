// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>

namespace dnm::test {

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace dnm::test
