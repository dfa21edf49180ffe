// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

class QWidget;

namespace dnm {

enum class Sign { play, pause, stop, maximise, restore, close };

/// A plain sign in the text colours of `widget`, visible in light and dark windows.
[[nodiscard]] QIcon make_icon(Sign sign, const QWidget& widget);

}  // namespace dnm
