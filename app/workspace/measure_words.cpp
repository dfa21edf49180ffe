// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/measure_words.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <variant>

#include "core/support/digits.h"

namespace dnm {

namespace {

constexpr std::string_view p_value_key = "p_value";
/// A p-value of at most this rules a power law out (Clauset, Shalizi and Newman, SIAM Rev. 51:661, 2009,
/// doi:10.1137/070710111).
constexpr double implausible_below = 0.1;
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

const Measurement::Detail* find(const Measurement& measurement, std::string_view wanted) {
  const auto found =
      std::ranges::find_if(measurement.details, [&](const auto& entry) { return entry.first == wanted; });
  return found == measurement.details.end() ? nullptr : &found->second;
}

}  // namespace

std::vector<DetailWords> detail_words(const Measurement& measurement) {
  std::vector<DetailWords> words;
  for (const auto& [key, detail] : measurement.details) {
    if (key.starts_with(p_value_key) || std::holds_alternative<std::monostate>(detail)) continue;
    words.push_back({name_of(key), value_of(key, detail)});
  }
  return words;
}

std::string p_value_text(const Measurement& measurement) {
  const Measurement::Detail* const found = find(measurement, p_value_key);
  if (!found) return {};
  const auto* value = std::get_if<double>(found);
  if (!value) return "p-value n/a: there is no exponent to test";
  std::string text = "p-value " + with_significant(*value, digits);
  if (const auto* error = find(measurement, "p_value_se"); error && std::holds_alternative<double>(*error)) {
    text += " ± " + with_significant(std::get<double>(*error), error_digits);
  }
  if (const auto* samples = find(measurement, "p_value_samples")) {
    text += " (" + value_of("p_value_samples", *samples) + " samples";
    if (const auto* method = find(measurement, "p_value_method")) text += ", " + value_of("p_value_method", *method);
    text += ")";
  }
  return text + ": the degrees " + (*value > implausible_below ? "may well" : "do not") +
         " follow a power law above x_min";
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
