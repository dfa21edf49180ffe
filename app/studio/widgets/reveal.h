// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QWidget>

namespace dnm {

/// `toggle`, while it is checked, shows `content`: reveal() presses it for whatever lies in there.
void set_toggle(QWidget& content, QAbstractButton& toggle);

/// Brings a widget into view: shows its dock, opens the folds around it, and scrolls to it.
void reveal(QWidget& widget);

}  // namespace dnm
