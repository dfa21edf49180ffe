// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <numbers>

namespace dnm {

/// In radians.
inline constexpr double full_turn = 2.0 * std::numbers::pi;

}  // namespace dnm
