// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace dnm {

/// The group of the training settings that few people change.
inline constexpr std::string_view more_settings = "More";

}  // namespace dnm
