// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace/search/search_plan.h"

namespace dnm {

/// The values of all trials of a plan. They depend on the plan and the number of the trial alone, on every machine.
///
/// A trial is a point of the unit cube, with an axis for each choice among several forms of a value, and one for each
/// number in them. Random: independent uniform coordinates. Latin hypercube (McKay, Beckman and Conover 1979,
/// doi:10.1080/00401706.1979.10489755): on each axis, every one of `trials` equal parts has one trial. Grid: every
/// combination, the last parameter fastest; where values leave another parameter without a meaning, once.
class SearchSpace {
 public:
  /// One axis of the cube: of parameter `parameter`, the choice of its form, or number `number` of form `value`.
  struct Axis {
    std::size_t parameter = 0;
    std::optional<std::size_t> value{}, number{};  ///< neither: the choice
    std::vector<std::string> texts{};              ///< of one of so many numbers; empty: any number
  };

  /// Throws InvalidInput for a grid with a range of any number, and for more than most_trials points of it. O(trials ·
  /// axes) for a Latin hypercube, O(points · parameters) for a grid.
  explicit SearchSpace(const SearchPlan& plan);

  [[nodiscard]] std::int64_t trials() const { return trials_; }
  [[nodiscard]] const std::vector<Axis>& axes() const { return axes_; }
  /// The coordinates of a trial in [0, 1), by axes; those that its values do not look at included.
  [[nodiscard]] std::vector<double> point(std::int64_t trial) const;
  /// Whether the values of this point look at each axis.
  [[nodiscard]] std::vector<bool> used(const std::vector<double>& point) const;
  /// A text for each varied parameter. Those without a meaning are for trial_start() to leave out.
  [[nodiscard]] ParameterTexts values(std::int64_t trial) const;

 private:
  [[nodiscard]] std::size_t form_of(std::size_t parameter, const std::vector<double>& point) const;
  [[nodiscard]] ParameterTexts values_at(const std::vector<double>& point) const;
  void set_grid(const SearchPlan& plan);
  [[nodiscard]] ParameterTexts grid_values(std::size_t index) const;

  std::vector<SearchedParameter> varied_;
  std::vector<const ParameterInfo*> infos_;
  std::vector<Axis> axes_;
  SearchSampler sampler_;
  std::uint64_t seed_;
  std::int64_t trials_;
  std::vector<std::vector<std::uint32_t>> strata_{};  ///< of a Latin hypercube: the part of each trial, by axes
  std::vector<std::vector<std::string>> grid_{};      ///< all values of each parameter
  std::vector<std::size_t> points_{};                 ///< of the grid that are trials
};

}  // namespace dnm
