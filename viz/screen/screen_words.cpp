// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/screen/screen_words.h"

#include <atomic>
#include <variant>

namespace dnm {

namespace {
std::atomic<ScreenWords> screen_words = nullptr;
}  // namespace

void set_screen_words(ScreenWords words) { screen_words = words; }

Scene in_screen_words(Scene scene) {
  const ScreenWords words = screen_words;
  if (words == nullptr) return scene;
  for (SceneItem& item : scene.items)
    if (auto* text = std::get_if<Text>(&item)) text->text = words(text->text);
  if (!scene.note.empty()) scene.note = words(scene.note);
  return scene;
}

}  // namespace dnm
