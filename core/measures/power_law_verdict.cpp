// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/power_law_verdict.h"

#include <algorithm>

#include "core/support/digits.h"

namespace dnm {

namespace {

constexpr double implausible_below = 0.1;
constexpr int digits = 4;

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

}  // namespace dnm
