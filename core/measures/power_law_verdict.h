// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/measures/measure.h"

namespace dnm {

/// What the p-value in a measurement of γ says of the power law.
struct PowerLawVerdict {
  double p_value = 0.0;       ///< share of the samples that lie as far from their fit as the network
  std::uint64_t samples = 0;  ///< at least 1

  /// What the p-value is at most, as far as so many samples can tell: above 0.
  [[nodiscard]] double upper_bound() const;
  /// Whether a power law is ruled out: a p-value of 0.1 or less (Clauset, Shalizi and Newman, SIAM Rev. 51:661, 2009,
  /// doi:10.1137/070710111).
  [[nodiscard]] bool is_rejected() const;
  /// "p = 0.0123"; "p < 0.001" when none of 1,000 samples lies as far.
  [[nodiscard]] std::string text() const;
};

/// Nothing where no p-value was computed.
[[nodiscard]] std::optional<PowerLawVerdict> power_law_verdict(const Measurement& gamma);

/// What is shown behind γ where a power law is ruled out: "rejected (p < 0.001)"; else empty.
[[nodiscard]] std::string rejection_text(const Measurement& gamma);

/// What is said where the fitted power law is drawn: rejection_text(), or without a p-value, "fits poorly (KS 0.137)"
/// where the Kolmogorov-Smirnov distance D of a tail of n degrees rules it out all the same. It does so where the limit
/// of the p-value for a law known beforehand, Q(√n·D) = 2 Σ_j (−1)^(j−1) exp(−2j²nD²) (Kolmogorov 1933), is 0.1 or
/// less: γ and x_min were fitted to the same degrees, which only lessens the distance, so that the true p-value is
/// smaller still (Lilliefors, J. Am. Stat. Assoc. 62:399, 1967, doi:10.1080/01621459.1967.10482916). Empty where
/// nothing speaks against the power law.
[[nodiscard]] std::string fit_verdict_text(const Measurement& gamma);

}  // namespace dnm
