// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAbstractButton;

namespace dnm {

enum class Sign { play, pause, stop, maximise, restore, close };

/// Gives a button a plain sign in the text colours that it has whenever it is drawn, in light and dark windows. Does
/// nothing if the button has that sign.
void set_sign(QAbstractButton& button, Sign sign);

}  // namespace dnm
