// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/support/error.h"

namespace dnm {

/// How a quantity is spread over the output neurons of a layer (manual: methods/model, "Families"). "Spatial": a
/// function of the neuron's place.
enum class Family { fixed, gaussian, uniform, spatial_gaussian, spatial_inverse_gaussian };

/// A distribution as the user states it: family, mean (where the quantity has one) and spread. A spread left out
/// is the method's default, whose unit depends on quantity and family (see Spread).
struct Distribution {
  Family family = Family::fixed;
  double mean = 0.0;
  std::optional<double> spread{};
  bool operator==(const Distribution&) const = default;
};

using ParameterValue = std::variant<bool, std::int64_t, double, std::string, Distribution, std::vector<std::int64_t>>;

/// Values by the ids of their rows.
using ParameterValues = std::map<std::string, ParameterValue, std::less<>>;

enum class ParameterKind { flag, integer, real, choice, text, path, distribution, integer_list };

/// What a path leads to.
enum class PathTarget { folder, file };

/// Closed range of a number, with the step a slider or spin box takes, and the scale of its slider
/// (core/parameters/range_scale.h).
struct Range {
  double minimum = 0.0;
  double maximum = 1.0;
  double step = 0.01;
  bool logarithmic = false;    ///< equal lengths of its scale are equal ratios
  bool of_complement = false;  ///< equal ratios of 1 - x: 0.9, 0.99 and 0.999 are equally far apart; within [0, 1)
  std::optional<double> soft_maximum{};  ///< where its scale ends; what is above is typed; nothing: the maximum
  std::span<const double> marks{};       ///< numbers that its scale names, ascending
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

/// The row that decides whether another applies, and the values under which it does.
struct AppliesWhen {
  std::string_view row{};     ///< id of a row of kind choice; empty: it always applies
  std::string_view values{};  ///< ids of its choices, separated by spaces
};

/// All that command line, panel, tool tip, session file and manual need to know of a parameter.
struct ParameterInfo {
  std::string_view id{};       ///< command-line option without dashes, and widget objectName
  std::string_view symbol{};   ///< "k", "M", "α"; may be empty
  std::string_view label{};    ///< "Receptive field"
  std::string_view meaning{};  ///< one sentence
  std::string_view formula{};  ///< plain text with Greek letters; may be empty
  std::string_view unit{};     ///< may be empty
  ParameterKind kind = ParameterKind::real;
  Range range{};                           ///< of the number, of each list entry, or of a distribution's mean
  std::span<const Choice> choices{};       ///< of a choice; of a text: the words that have a meaning of their own
  std::span<const Spread> spreads{};       ///< of a distribution, one per family but `fixed`
  PathTarget target = PathTarget::folder;  ///< of a path
  std::string_view patterns{};             ///< of a path to a file: "*.npz *.csv"
  bool has_mean = false;      ///< of a distribution: whether the user sets its mean (dendrites, receptive field)
  double default_mean = 0.0;  ///< the mean taken when a text names the family alone

  AppliesWhen applies{};          ///< shown only then; the value is kept all the same
  std::string_view group{};       ///< what it belongs to: a measure, a picture, a fold of a panel
  std::string_view key{};         ///< in JSON, where it is not the id
  std::string_view former_ids{};  ///< ids and keys of older sessions, separated by spaces
  std::optional<double> bare{};   ///< number that the option means when it is given without one; none: it needs one
  bool per_layer = false;         ///< may differ from layer to layer
  bool lasting = true;            ///< kept by sessions and command lines; else asked for anew each time
  bool affects_result = true;     ///< whether another value can give other results: then a run cannot resume with it
};

/// The value as a row of this kind holds it. Throws InvalidInput for a value of another kind.
template <class T>
[[nodiscard]] const T& value_as(const ParameterInfo& info, const ParameterValue& value) {
  const T* held = std::get_if<T>(&value);
  if (held == nullptr) throw InvalidInput(std::string(info.id) + ": a value of another kind was given");
  return *held;
}

/// One row, and all rows, of one kind of settings (core/parameters/parameter_table.h).
template <class Settings>
struct Parameter;
template <class Settings>
class ParameterTable;

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
/// range. In a path a leading ~ is the user's home folder.
[[nodiscard]] ParameterValue parse_value(const ParameterInfo& info, std::string_view text);
/// Throws InvalidInput when the value is of another kind or out of range (NaN included).
void check_value(const ParameterInfo& info, const ParameterValue& value);
/// The default range of seeds: those that JSON readers and spin boxes that know doubles only keep exactly.
inline constexpr Range seed_range{0, 9007199254740991, 1, false};
inline constexpr std::array<double, 5> sparsity_marks{0.5, 0.9, 0.95, 0.99, 0.999};
/// Of the share of links that are left out: what differs between sparse networks is the share that is there.
inline constexpr Range sparsity_range{0.0, 0.999999, 0.001, false, true, 0.9999, sparsity_marks};

/// " --id text", quoted for a shell: what sets this value on a command line. A flag takes no text; one that is off
/// and an empty text need no option, and give none.
[[nodiscard]] std::string option_text(const ParameterInfo& info, const ParameterValue& value);
/// What is wrong with a row that is set where it does not apply: "--beta does not belong to the model dnm; leave it
/// out or choose another --model".
[[nodiscard]] std::string misplaced_text(std::string_view id, std::string_view chooser, std::string_view chosen);
/// Where the choice of this id stands. Throws InvalidInput with "did you mean".
[[nodiscard]] std::size_t place_of_choice(const ParameterInfo& info, std::string_view id);

}  // namespace dnm
