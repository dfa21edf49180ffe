// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

namespace dnm {

/// Lets the Tab key go through what lies in these widgets of one window, one after the other, in the order of their
/// layouts: from top to bottom, and from left to right. What is added later comes last until this is called again.
/// O(widgets).
void set_tab_order(const QList<QWidget*>& parts);

}  // namespace dnm
