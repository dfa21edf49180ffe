// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

#include "core/parameters/parameter.h"

namespace dnm {

/// The colours of the window; system: those of the desktop.
enum class Theme { system, light, dark };
/// In the order of the enumeration.
[[nodiscard]] std::span<const Choice> theme_choices();
/// For all windows of the program, at once.
void apply_theme(Theme theme);
/// The one that the user chose, from the settings.
[[nodiscard]] Theme kept_theme();
void keep_theme(Theme theme);

}  // namespace dnm
