// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parameters/look_up.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "core/parameters/unknown_name.h"
#include "core/support/letter_case.h"

namespace dnm {

std::string_view nearest(std::string_view text, std::span<const std::string_view> candidates) {
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(2, text.size() / 3) + 1;
  std::vector<std::size_t> row;
  for (const std::string_view candidate : candidates) {
    // Levenshtein distance, one row at a time.
    row.resize(candidate.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < text.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i + 1;
      for (std::size_t j = 0; j < candidate.size(); ++j) {
        const std::size_t substituted = diagonal + (lower_case(text[i]) == lower_case(candidate[j]) ? 0U : 1U);
        diagonal = row[j + 1];
        row[j + 1] = std::min({substituted, row[j] + 1, diagonal + 1});
      }
    }
    // A short candidate may be all different and still "near": require something in common.
    if (row.back() < best_distance && row.back() < std::max(candidate.size(), text.size())) {
      best_distance = row.back();
      best = candidate;
    }
  }
  return best;
}

std::string unknown_text(std::string_view what, std::string_view id, std::span<const std::string_view> known,
                         std::string_view otherwise) {
  std::string message = std::string(what) + " \"" + std::string(id) + "\" is not known; ";
  if (const std::string_view near = nearest(id, known); !near.empty()) {
    return message + "did you mean \"" + std::string(near) + "\"?";
  }
  if (!otherwise.empty()) return message + std::string(otherwise);
  message += "it is one of";
  for (std::size_t i = 0; i < known.size(); ++i) message += (i == 0 ? " " : ", ") + std::string(known[i]);
  return message;
}

void throw_unknown(std::string_view what, std::string_view id, std::span<const std::string_view> known) {
  throw UnknownName(unknown_text(what, id, known));
}

bool lists(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const auto space = words.find(' ');
    if (words.substr(0, space) == word) return true;
    words.remove_prefix(space == std::string_view::npos ? words.size() : space + 1);
  }
  return false;
}

}  // namespace dnm
