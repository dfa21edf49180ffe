// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

// Cells of tables in LaTeX, for a plain tabular that needs no package.
namespace dnm {

/// Words as LaTeX prints them, with what its default fonts lack set as mathematics.
[[nodiscard]] std::string latex_words(const std::string& text);
/// "$88.52 \pm 0.03$"; a NaN error is left out, and a mean that is no number is "--".
[[nodiscard]] std::string latex_value(double mean, double error, bool percent);

}  // namespace dnm
