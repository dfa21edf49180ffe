// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace dnm::studio_test {

/// Texts of the tables of core, training, viz and the workspace that the window shows, each once: labels, meanings,
/// choices, units, and formulas that have words in them. Those with numbers have %1, %2 … in their place.
[[nodiscard]] std::vector<std::string> table_texts();

/// Words that functions of these folders make for the window, as they are with some numbers in them.
[[nodiscard]] std::vector<std::string> composed_texts();

}  // namespace dnm::studio_test
