// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/latex_cells.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>
#include <utility>

#include "core/support/digits.h"

namespace dnm {

std::string latex_words(const std::string& text) {
  static const std::pair<std::string_view, std::string_view> replacements[] = {{"\\", "\\textbackslash{}"},
                                                                               {"{", "\\{"},
                                                                               {"}", "\\}"},
                                                                               {"&", "\\&"},
                                                                               {"%", "\\%"},
                                                                               {"$", "\\$"},
                                                                               {"#", "\\#"},
                                                                               {"_", "\\_"},
                                                                               {"~", "\\textasciitilde{}"},
                                                                               {"^", "\\textasciicircum{}"},
                                                                               {"\n", " "},
                                                                               {"\r", " "},
                                                                               {"\t", " "},
                                                                               {"±", "$\\pm$"},
                                                                               {"×", "$\\times$"},
                                                                               {"·", "$\\cdot$"},
                                                                               {"α", "$\\alpha$"},
                                                                               {"β", "$\\beta$"},
                                                                               {"γ", "$\\gamma$"},
                                                                               {"σ", "$\\sigma$"},
                                                                               {"†", "$^\\dagger$"},
                                                                               {"–", "--"},
                                                                               {"…", "\\ldots{}"},
                                                                               {"<", "$<$"},
                                                                               {">", "$>$"},
                                                                               {"|", "$|$"}};
  std::string words;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = std::string_view(text).substr(at);
    const auto match =
        std::ranges::find_if(replacements, [&](const auto& pair) { return rest.starts_with(pair.first); });
    words += match != std::end(replacements) ? std::string(match->second) : std::string(1, rest.front());
    at += match != std::end(replacements) ? match->first.size() : 1;
  }
  return words;
}

std::string latex_value(double mean, double error, bool percent) {
  if (!std::isfinite(mean)) return "--";
  constexpr std::string_view sign = "±";
  std::string text = mean_and_error(mean, error, percent);
  if (const std::size_t at = text.find(sign); at != std::string::npos) text.replace(at, sign.size(), "\\pm");
  return "$" + text + "$";
}

}  // namespace dnm
