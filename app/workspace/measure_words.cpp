// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/measure_words.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "core/measures/power_law_verdict.h"
#include "core/support/digits.h"

namespace dnm {

namespace {

constexpr std::string_view p_value_key = "p_value";
constexpr int digits = 4;
constexpr int error_digits = 2;

std::string name_of(std::string_view key) {
  if (key == "xmin") return "x_min";
  if (key == "ks") return "KS distance";
  if (key == "sd") return "spread (sd)";
  if (key == "connected_pair_fraction") return "connected pairs";
  std::string name(key);
  std::ranges::replace(name, '_', ' ');
  return name;
}

std::string value_of(std::string_view key, const Measurement::Detail& detail) {
  if (const auto* number = std::get_if<double>(&detail)) {
    if (!std::isfinite(*number)) return "n/a";
    return key == "connected_pair_fraction" ? with_significant(100.0 * *number, digits) + " %"
                                            : with_significant(*number, digits);
  }
  if (const auto* count = std::get_if<std::int64_t>(&detail)) {
    return *count < 0 ? std::to_string(*count) : with_commas(static_cast<std::uint64_t>(*count));
  }
  return std::get<std::string>(detail);
}

}  // namespace

std::vector<DetailWords> detail_words(const Measurement& measurement) {
  std::vector<DetailWords> words;
  for (const auto& [key, detail] : measurement.details) {
    if (key.starts_with(p_value_key) || key == note_detail || std::holds_alternative<std::monostate>(detail)) continue;
    words.push_back({name_of(key), value_of(key, detail)});
  }
  return words;
}

std::string p_value_text(const Measurement& measurement) {
  if (find_detail(measurement, p_value_key) == nullptr) return {};
  const std::optional<PowerLawVerdict> verdict = power_law_verdict(measurement);
  if (!verdict) return "p-value n/a: there is no exponent to test";
  std::string text = verdict->text();
  const auto error = detail_number(measurement, "p_value_se");
  if (error && verdict->p_value > 0.0) text += " ± " + with_significant(*error, error_digits);
  text += " (" + counted(verdict->samples, "sample");
  if (const auto* method = find_detail(measurement, "p_value_method"))
    text += ", " + value_of("p_value_method", *method);
  text += "): ";
  return text + (verdict->is_rejected() ? "the degrees do not follow a power law above x_min; it is rejected"
                                        : "the degrees may well follow a power law above x_min");
}

std::string z_text(const ChanceComparison& chance) {
  if (!chance.z) return "z n/a";
  constexpr double many = 99.95;
  return "z = " + with_decimals(*chance.z, std::abs(*chance.z) < many ? 1 : 0);
}

std::string chance_text(const ChanceComparison& chance) {
  if (!chance.z) return "n/a against chance: " + chance.reason;
  std::string text = z_text(chance) + " against chance: ";
  if (chance.is_what_chance_makes()) text += "what chance gives, ";
  text += with_significant(chance.mean, digits) + " ± " + with_significant(chance.sd, error_digits) +
          " (mean ± sd of " + with_commas(static_cast<std::uint64_t>(chance.copies - chance.without_value)) +
          " randomised copies";
  if (chance.without_value > 0) {
    text += "; " + with_commas(static_cast<std::uint64_t>(chance.without_value)) + " more have no value";
  }
  return text + ")";
}

}  // namespace dnm
