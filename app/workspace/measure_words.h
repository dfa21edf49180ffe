// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/measures/chance.h"
#include "core/measures/measure.h"

// Texts about a measure besides its value, which format_measurement() gives.
namespace dnm {

/// A further figure of a measurement: "x_min" and "18".
struct DetailWords {
  std::string name;
  std::string value;
};
/// Those that exist, in display order, without the p-value and the note (note_of).
[[nodiscard]] std::vector<DetailWords> detail_words(const Measurement& measurement);

/// "p = 0.0123 ± 0.0035 (1,000 samples, semi-parametric bootstrap …): the degrees do not follow a power law above
/// x_min; it is rejected", "p < 0.001 (1,000 samples, …): …"; empty where no p-value was computed.
[[nodiscard]] std::string p_value_text(const Measurement& measurement);

/// How far a value lies from the mean of randomised copies: "z = 12.3", "z n/a".
[[nodiscard]] std::string z_text(const ChanceComparison& chance);
/// "z = 12.3 against chance: 5.212 ± 0.11 (mean ± sd of 10 randomised copies)", "z = 0.4 against chance: what chance
/// gives, …", "n/a against chance: only one randomised copy has a value".
[[nodiscard]] std::string chance_text(const ChanceComparison& chance);

}  // namespace dnm
