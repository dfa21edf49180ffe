// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "core/parameters/parameter_table.h"

namespace dnm {

/// How translations are searched for.
struct DecodingSettings {
  std::size_t beam = 2;         ///< hypotheses of a sentence that are followed, at least 1; 1: greedy
  double length_penalty = 1.0;  ///< α of the score log P / ((5 + pieces)/6)^α (Wu et al. 2016, arXiv:1609.08144)
  double length_ratio = 1.2;    ///< a translation of n source pieces has at most length_ratio·n + length_extra pieces
  std::size_t length_extra = 10;
};

// The rows of those that a user sets.
inline constexpr ParameterInfo beam_info{
    .id = "beam",
    .label = "Beam",
    .meaning = "Translations of a sentence that are followed side by side; 1: always the likeliest next piece.",
    .range = {1, 64, 1, true}};
inline constexpr ParameterInfo length_penalty_info{.id = "length-penalty",
                                                   .symbol = "α",
                                                   .label = "Length penalty",
                                                   .meaning = "What longer translations are favoured by; 0: nothing.",
                                                   .formula = "log P / ((5 + pieces)/6)^α",
                                                   .range = {0, 5, 0.1, false}};
/// Both.
[[nodiscard]] const ParameterTable<DecodingSettings>& decoding_table();

}  // namespace dnm
