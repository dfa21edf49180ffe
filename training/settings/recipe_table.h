// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

#include "core/parameters/parameter.h"

namespace dnm {

/// One row of the training table, and the text of its value.
struct RecipeValue {
  std::string_view id;
  std::string_view text;
};

/// The settings of a published training of a Transformer, or of one for this machine.
struct Recipe {
  Choice choice;
  std::span<const RecipeValue> values;
};
/// In display order; each sets the same rows, which settings of their own may then change. "multi30k", "iwslt14" and
/// "wmt17": Zhang et al. 2025, arXiv:2501.19107, Table 5; with "-released" as their code runs.
[[nodiscard]] std::span<const Recipe> recipe_table();

}  // namespace dnm
