// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dnm {

/// How a quantity is spread over the output neurons of a layer (manual: methods/model, "Families"). "Spatial": a
/// function of the neuron's place.
enum class Family { fixed, gaussian, uniform, spatial_gaussian, spatial_inverse_gaussian };

/// A distribution as a person states it: family, mean (where the quantity has one) and spread. A spread left out
/// is the method's default, whose unit depends on quantity and family (see Spread).
struct Distribution {
  Family family = Family::fixed;
  double mean = 0.0;
  std::optional<double> spread{};
  bool operator==(const Distribution&) const = default;
};

using ParameterValue = std::variant<bool, std::int64_t, double, std::string, Distribution, std::vector<std::int64_t>>;

enum class ParameterKind { flag, integer, real, choice, text, distribution, integer_list };

/// Closed range of a number, with the step a slider or spin box takes.
struct Range {
  double minimum = 0.0;
  double maximum = 1.0;
  double step = 0.01;
  bool logarithmic = false;
};

/// The spread of one quantity in one family: what it means and what it is when left out.
struct Spread {
  Family family;
  std::string_view label;    ///< "standard deviation"
  std::string_view unit;     ///< "links", "times mean degree"
  std::string_view formula;  ///< "k_j = N(k, s)"
  Range range;
  /// The default for a given mean (dendrites: M/4).
  double (*default_spread)(double mean);
};

/// One named value of a choice.
struct Choice {
  std::string_view id;       ///< as on the command line: "spatial-gaussian"
  std::string_view label;    ///< as in the window: "Spatial Gaussian"
  std::string_view meaning;  ///< one sentence
};

/// All that command line, panel, tool tip, session file and manual need to know of a parameter.
struct ParameterInfo {
  std::string_view id;       ///< command-line option without dashes, JSON key and widget objectName
  std::string_view symbol;   ///< "k", "M", "α"
  std::string_view label;    ///< "Receptive field"
  std::string_view meaning;  ///< one sentence
  std::string_view formula;  ///< plain text with Greek letters; may be empty
  std::string_view unit;     ///< may be empty
  ParameterKind kind = ParameterKind::real;
  Range range{};                      ///< of the number, of each list entry, or of a distribution's mean
  std::span<const Choice> choices{};  ///< of a choice; of a text: the words that have a meaning of their own
  std::span<const Spread> spreads{};  ///< of a distribution, one per family but `fixed`
  bool has_mean = false;      ///< of a distribution: whether a person sets its mean (dendrites, receptive field)
  double default_mean = 0.0;  ///< the mean taken when a text names the family alone
};

/// What the spread of `family` means for this parameter; null where the family has none.
[[nodiscard]] const Spread* spread_of(const ParameterInfo& info, Family family);
/// The spread as stated, or its default; 0 where the family has none.
[[nodiscard]] double spread_or_default(const ParameterInfo& info, const Distribution& distribution);

[[nodiscard]] std::span<const Choice> family_choices();
/// Throws InvalidInput with "did you mean" for an unknown name.
[[nodiscard]] Family parse_family(std::string_view text);
[[nodiscard]] std::string_view family_id(Family family);

/// Text as on the command line ("spatial-gaussian:2", "98,196,196", "0.9"); numbers in shortest round-trip form.
[[nodiscard]] std::string format_value(const ParameterInfo& info, const ParameterValue& value);
/// Inverse of format_value; throws InvalidInput (name, text, what is accepted) for text of another form or out of
/// range.
[[nodiscard]] ParameterValue parse_value(const ParameterInfo& info, std::string_view text);
/// Throws InvalidInput when the value is of another kind or out of range (NaN included).
void check_value(const ParameterInfo& info, const ParameterValue& value);

/// The candidate nearest to `text` by edit distance, or empty when none is near: for "did you mean …?".
[[nodiscard]] std::string_view nearest(std::string_view text, std::span<const std::string_view> candidates);

}  // namespace dnm
