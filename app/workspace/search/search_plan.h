// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/workspace/search/searched_parameter.h"
#include "app/workspace/state.h"
#include "core/measures/measure.h"
#include "core/models/model_parameters.h"
#include "core/parameters/parameter_table.h"
#include "training/settings/training_settings.h"

namespace dnm {

/// How a search chooses what to try (manual: using/search, "Samplers").
enum class SearchSampler : std::uint8_t { grid, random, latin_hypercube, asha };

enum class SearchDirection : std::uint8_t { maximise, minimise };

/// What a search looks for: a metric of the training or a measure of the network that it begins with, by its id.
struct SearchObjective {
  std::string id{};
  SearchDirection direction = SearchDirection::maximise;
  bool operator==(const SearchObjective&) const = default;
};

/// A condition on such a value, without which a trial is none of the best. One on a measure that is not met spares the
/// training.
struct SearchConstraint {
  std::string id{};
  std::optional<double> least{}, most{};
  bool operator==(const SearchConstraint&) const = default;
};

/// A search: same plan, same trials.
struct SearchPlan {
  ModelParameters base{};       ///< what is not varied; its seed does not count, nor its layers where something trains
  TrainingSettings training{};  ///< likewise; `epochs` are those of a whole training
  MeasureSettings measuring{};  ///< seed and threads do not count
  std::vector<SearchedParameter> varied{};  ///< rows of the model table, or else of the training table
  std::vector<SearchObjective> objectives{};
  std::vector<SearchConstraint> constraints{};
  SearchSampler sampler = SearchSampler::random;
  std::int64_t trials = 40;                  ///< of a grid, all its points: set by settled()
  std::int64_t eta = 3;                      ///< ASHA: one in so many goes on
  std::int64_t first_rung = 1;               ///< ASHA: epochs of the first rung
  std::uint64_t seed = 0;                    ///< of the sampler
  std::vector<std::uint64_t> seeds{0};       ///< of networks and weights, one run each in every trial
  std::vector<std::uint64_t> final_seeds{};  ///< the best are trained under these at the end; none of `seeds`
  bool operator==(const SearchPlan&) const = default;
};

inline constexpr std::int64_t most_trials = 100000;

/// The rows of a search itself, for command line, JSON and manual: sampler, trials, eta, first rung, seeds.
[[nodiscard]] const ParameterTable<SearchPlan>& search_parameter_table();

/// Whether a trial trains a network; else the measures of its network are all that is computed.
[[nodiscard]] bool trains(const SearchPlan& plan);
/// Whether this is a measure of the network, not a metric of its training.
[[nodiscard]] bool is_measure(std::string_view id);
/// The measures that objectives and constraints name, in the order of their table.
[[nodiscard]] std::vector<std::string> measures_of(const SearchPlan& plan);
/// The name of an objective's or constraint's value: "Validation accuracy", "Q".
[[nodiscard]] std::string name_of_value(std::string_view id);

/// The row that is varied, with its place: a row of the model table or, where that has none of that id or the row is of
/// the data, of the training table. Throws InvalidInput with "did you mean", and for rows that cannot be varied: seeds,
/// data, folders, epochs, what is held out.
struct SearchedRow {
  const ParameterInfo& info;
  bool of_training;
};
[[nodiscard]] SearchedRow searched_row(std::string_view id);

/// The plan with what follows from the rest: its objective, where it has none, is the metric that chooses an epoch; as
/// many examples are held out as for comparisons, where none are; a grid has all its points as trials. Throws
/// InvalidInput for a plan that cannot be, naming what to change, and FileError where the data are missing.
[[nodiscard]] SearchPlan settled(SearchPlan plan);

/// Values by the ids of their rows, as on the command line, in the order of SearchPlan::varied.
using ParameterTexts = std::vector<std::pair<std::string, std::string>>;

/// What a trial is started with: network, training settings and seeds. Rows that these values leave without a meaning
/// are left out of `values` (a setting of another initialiser). Throws InvalidInput for values that cannot be.
struct TrialStart {
  WorkspaceState state{};
  ParameterTexts values{};
};
[[nodiscard]] TrialStart trial_start(const SearchPlan& plan, const ParameterTexts& values);

/// {"model": {…}, "training": {…}, "measures": {…}, "vary": {"degree": "fixed;gaussian:{0.5:4}"}, "maximise": […],
/// "minimise": […], "constraints": {"gamma": "2:3"}, and the rows of search_parameter_table()} (manual: using/search,
/// "The file of a search"). `command_line` stands in it as "command_line" with the program and its version, unless it
/// is empty.
[[nodiscard]] std::string search_to_json(const SearchPlan& plan, const std::string& command_line = {});
/// The inverse. Whatever is left out has its default; "vary" may hold lists of values. Throws InvalidInput for a key
/// that is not known ("did you mean") and for another form.
[[nodiscard]] SearchPlan search_from_json(std::string_view text);

/// Reads "ID=VALUES". Throws InvalidInput.
[[nodiscard]] SearchedParameter searched_from_text(std::string_view text);
/// Reads "ID=LEAST:MOST", of which one may be left out: "gamma=2:3", "L=:5". Throws InvalidInput.
[[nodiscard]] SearchConstraint constraint_from_text(std::string_view text);
/// "2:3", ":5".
[[nodiscard]] std::string format_limits(const SearchConstraint& constraint);

/// The first thing that keeps the trials of one plan from being those of another; more trials of a sampler that goes on
/// are none. Empty `what`: there is none.
struct ChangedSearch {
  std::string what{};
  std::string then{}, now{};
};
[[nodiscard]] ChangedSearch changed_search(const SearchPlan& then, const SearchPlan& now);

}  // namespace dnm
