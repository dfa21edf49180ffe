// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

#include "core/parameters/parameter.h"

namespace dnm {

/// What the window speaks; system: the first language of the desktop that it can.
enum class Language { system, english, german };
/// In the order of the enumeration.
[[nodiscard]] std::span<const Choice> language_choices();
/// For windows that are made from now on, and for the texts of Qt in them. Numbers are written alike in all languages.
void apply_language(Language language);
/// The one that the user chose, from the settings.
[[nodiscard]] Language kept_language();
void keep_language(Language language);
/// Throws InvalidInput with "did you mean" for another id than those of the choices.
[[nodiscard]] Language language_of(std::string_view id);

}  // namespace dnm
