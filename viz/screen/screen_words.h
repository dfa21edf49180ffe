// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "viz/scenes/scene.h"

namespace dnm {

/// An English text of a picture in the language of the window; texts that it does not know stay as they are.
using ScreenWords = std::string (*)(const std::string& english);

/// What in_screen_words() asks; null: pictures stay English. It may be called from any thread.
void set_screen_words(ScreenWords words);

/// A scene as the screen shows it. Scenes are made in English, as figures have them, and leave room for letters that
/// are wider than most, so that words which are a little longer fit as well.
[[nodiscard]] Scene in_screen_words(Scene scene);

}  // namespace dnm
