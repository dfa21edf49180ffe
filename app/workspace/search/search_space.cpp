// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/search/search_space.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <span>
#include <utility>

#include "core/network/random.h"
#include "core/support/error.h"

namespace dnm {

namespace {

// Streams of the sampler's seed: coordinates by trials, permutations by axes above them.
constexpr std::uint64_t first_permutation = std::uint64_t{1} << 32;

/// Every text that a form of a value can have.
void append_values(const ParameterInfo& info, const SearchedValue& value, std::vector<std::string> numbers,
                   std::vector<std::string>& all) {
  if (numbers.size() == value.numbers.size()) {
    all.push_back(value_with(value, numbers));
    return;
  }
  for (std::string& text : all_numbers(info, value.numbers[numbers.size()])) {
    numbers.push_back(std::move(text));
    append_values(info, value, numbers, all);
    numbers.pop_back();
  }
}

std::size_t place_of(double part, std::size_t count) {
  return std::min(static_cast<std::size_t>(part * static_cast<double>(count)), count - 1);
}

}  // namespace

SearchSpace::SearchSpace(const SearchPlan& plan)
    : varied_(plan.varied), sampler_(plan.sampler), seed_(plan.seed), trials_(plan.trials) {
  for (std::size_t i = 0; i < varied_.size(); ++i) {
    infos_.push_back(&searched_row(varied_[i].id).info);
    if (varied_[i].values.size() > 1) axes_.push_back({i});
    for (std::size_t form = 0; form < varied_[i].values.size(); ++form) {
      const std::vector<SearchedNumbers>& numbers = varied_[i].values[form].numbers;
      for (std::size_t number = 0; number < numbers.size(); ++number) {
        axes_.push_back({i, form, number});
        if (numbers[number].count > 0) axes_.back().texts = all_numbers(*infos_.back(), numbers[number]);
      }
    }
  }
  if (sampler_ == SearchSampler::grid) set_grid(plan);
  if (sampler_ != SearchSampler::latin_hypercube) return;
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
    std::vector<std::uint32_t>& parts = strata_.emplace_back(static_cast<std::size_t>(trials_));
    std::iota(parts.begin(), parts.end(), 0U);
    Random(seed_, first_permutation + axis).shuffle(std::span(parts));
  }
}

void SearchSpace::set_grid(const SearchPlan& plan) {
  std::size_t count = 1;
  for (std::size_t i = 0; i < varied_.size(); ++i) {
    std::vector<std::string>& all = grid_.emplace_back();
    for (const SearchedValue& value : varied_[i].values) append_values(*infos_[i], value, {}, all);
    if (all.size() > static_cast<std::size_t>(most_trials) / count)
      throw InvalidInput("the grid has more than " + std::to_string(most_trials) +
                         " points; take fewer values, or the sampler random");
    count *= all.size();
  }
  std::set<ParameterTexts> seen;
  for (std::size_t index = 0; index < count; ++index) {
    if (seen.insert(trial_start(plan, grid_values(index)).values).second) points_.push_back(index);
  }
  trials_ = static_cast<std::int64_t>(points_.size());
}

ParameterTexts SearchSpace::grid_values(std::size_t index) const {
  ParameterTexts values(varied_.size());
  for (std::size_t i = varied_.size(); i-- > 0;) {
    values[i] = {varied_[i].id, grid_[i][index % grid_[i].size()]};
    index /= grid_[i].size();
  }
  return values;
}

std::vector<double> SearchSpace::point(std::int64_t trial) const {
  std::vector<double> point(axes_.size());
  Random random(seed_, static_cast<std::uint64_t>(trial));
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
    const double part = random.uniform();
    point[axis] =
        strata_.empty() ? part : (strata_[axis][static_cast<std::size_t>(trial)] + part) / static_cast<double>(trials_);
  }
  if (sampler_ != SearchSampler::grid) return point;
  // In the middle of the part that each of its values has on the axes.
  const ParameterTexts values = grid_values(points_[static_cast<std::size_t>(trial)]);
  for (std::size_t i = 0; i < varied_.size(); ++i) {
    for (std::size_t form = 0; form < varied_[i].values.size(); ++form) {
      const SearchedValue& value = varied_[i].values[form];
      std::vector<std::string> all;
      append_values(*infos_[i], value, {}, all);
      auto place = static_cast<std::size_t>(std::ranges::find(all, values[i].second) - all.begin());
      if (place == all.size()) continue;
      for (std::size_t axis = axes_.size(); axis-- > 0;) {
        if (axes_[axis].parameter != i) continue;
        if (!axes_[axis].value) {
          point[axis] = (static_cast<double>(form) + 0.5) / static_cast<double>(varied_[i].values.size());
        } else if (*axes_[axis].value == form) {
          const std::size_t count = axes_[axis].texts.size();
          point[axis] = (static_cast<double>(place % count) + 0.5) / static_cast<double>(count);
          place /= count;
        }
      }
    }
  }
  return point;
}

std::size_t SearchSpace::form_of(std::size_t parameter, const std::vector<double>& point) const {
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
    if (axes_[axis].parameter == parameter && !axes_[axis].value)
      return place_of(point[axis], varied_[parameter].values.size());
  }
  return 0;
}

std::vector<bool> SearchSpace::used(const std::vector<double>& point) const {
  std::vector<bool> used;
  for (const Axis& axis : axes_) used.push_back(!axis.value || *axis.value == form_of(axis.parameter, point));
  return used;
}

ParameterTexts SearchSpace::values_at(const std::vector<double>& point) const {
  ParameterTexts values;
  for (std::size_t i = 0; i < varied_.size(); ++i) {
    const std::size_t form = form_of(i, point);
    const SearchedValue& value = varied_[i].values[form];
    std::vector<std::string> numbers;
    for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
      if (axes_[axis].parameter != i || axes_[axis].value != form) continue;
      const std::vector<std::string>& texts = axes_[axis].texts;
      numbers.push_back(texts.empty() ? number_at(*infos_[i], value.numbers[numbers.size()], point[axis])
                                      : texts[place_of(point[axis], texts.size())]);
    }
    values.emplace_back(varied_[i].id, value_with(value, numbers));
  }
  return values;
}

ParameterTexts SearchSpace::values(std::int64_t trial) const {
  if (sampler_ == SearchSampler::grid) return grid_values(points_[static_cast<std::size_t>(trial)]);
  return values_at(point(trial));
}

}  // namespace dnm
