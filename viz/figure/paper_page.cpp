// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/paper_page.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <variant>

#include "core/support/digits.h"
#include "core/support/error.h"

namespace dnm {

namespace {

constexpr double least_text = 5.0;  // what journals require

}  // namespace

void check_figure_width(double width_mm) {
  if (std::isfinite(width_mm) && width_mm >= 20.0 && width_mm <= 1000.0) return;
  throw InvalidInput("a figure cannot be " + with_significant(width_mm, 6) +
                     " mm wide; choose 20 to 1000 mm (journals: 89 or 183)");
}

double smallest_text(const Scene& scene) {
  double smallest = std::numeric_limits<double>::infinity();
  for (const SceneItem& item : scene.items) {
    if (const auto* text = std::get_if<Text>(&item)) smallest = std::min(smallest, text->size);
  }
  return smallest;
}

void PaperPage::check_text(double smallest, double width_mm, const char* remedy) {
  if (smallest >= least_text - 0.05) return;
  notices_.push_back("text is down to " + with_decimals(smallest, 1) + " pt at a width of " +
                     with_significant(width_mm, 6) + " mm; journals ask for at least 5 pt: choose " +
                     with_decimals(std::ceil(width_mm * least_text / smallest), 0) + " mm or more" + remedy);
}

}  // namespace dnm
