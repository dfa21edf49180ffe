// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/power_law_verdict.h"

#include <algorithm>
#include <cmath>

#include "core/support/digits.h"

namespace dnm {

namespace {

constexpr double implausible_below = 0.1;
constexpr int digits = 4;

/// Upper bound of the p-value of a fit with this distance to a tail of so many values.
double kolmogorov_bound(double distance, double tail) {
  constexpr int terms = 20;
  constexpr double series_from = 0.3;  // below, the sum needs more terms, and is 1 to eight digits
  const double scaled = distance * std::sqrt(tail);
  if (scaled < series_from) return 1.0;
  double sum = 0.0;
  for (int j = 1; j <= terms; ++j) sum += (j % 2 == 1 ? 2.0 : -2.0) * std::exp(-2.0 * j * j * scaled * scaled);
  return std::clamp(sum, 0.0, 1.0);
}

}  // namespace

double PowerLawVerdict::upper_bound() const { return std::max(p_value, 1.0 / static_cast<double>(samples)); }

bool PowerLawVerdict::is_rejected() const { return upper_bound() <= implausible_below; }

std::string PowerLawVerdict::text() const {
  return (p_value > 0.0 ? "p = " : "p < ") + with_significant(upper_bound(), digits);
}

std::optional<PowerLawVerdict> power_law_verdict(const Measurement& gamma) {
  const auto p_value = detail_number(gamma, "p_value"), samples = detail_number(gamma, "p_value_samples");
  if (!p_value || !samples || *samples < 1.0) return std::nullopt;
  return PowerLawVerdict{*p_value, static_cast<std::uint64_t>(*samples)};
}

std::string rejection_text(const Measurement& gamma) {
  const auto verdict = power_law_verdict(gamma);
  return verdict && verdict->is_rejected() ? "rejected (" + verdict->text() + ")" : std::string();
}

std::string fit_verdict_text(const Measurement& gamma) {
  if (power_law_verdict(gamma)) return rejection_text(gamma);
  const auto distance = detail_number(gamma, "ks"), tail = detail_number(gamma, "tail");
  if (!gamma.value || !distance || !tail || kolmogorov_bound(*distance, *tail) > implausible_below) return {};
  return "fits poorly (KS " + with_significant(*distance, digits) + ")";
}

}  // namespace dnm
