// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>

namespace dnm {

/// Whether pictures and icons on this ground take the colours for dark ones.
[[nodiscard]] inline bool is_dark(const QPalette& palette) { return palette.color(QPalette::Base).lightness() < 128; }

}  // namespace dnm
