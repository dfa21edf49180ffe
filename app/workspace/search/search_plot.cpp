// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/search/search_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "app/workspace/search/search_report.h"
#include "app/workspace/words.h"
#include "viz/scenes/axes.h"

namespace dnm {

namespace {

constexpr int wanted_ticks = 5;
constexpr std::size_t most_words = 12;  // of so many numbers at most, each has its word
constexpr double form_height = 0.7;     // of the part that a form of a value has, for its numbers
constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// A parallel axis, and how the coordinates of a trial lie on it.
struct Mapped {
  ParallelAxis axis{};
  std::size_t parameter = 0;
  std::optional<std::size_t> choice{};                ///< axis of the space that chooses among forms
  std::vector<std::optional<std::size_t>> numbers{};  ///< of each form, its first number's axis of the space
};

/// The numbers of a range as its axis of the space has them, from the lower end to the upper.
struct AxisRange {
  double low, high;
  bool is_logarithmic, is_whole;

  AxisRange(const ParameterInfo& info, const SearchedNumbers& numbers)
      : low(std::min(numbers.first, numbers.last)),
        high(std::max(numbers.first, numbers.last)),
        is_logarithmic(numbers.scale == ValueSpacing::logarithmic),
        is_whole(info.kind == ParameterKind::integer && numbers.count == 0) {
    if (!is_whole) return;
    // Each whole number has as long a part as the others.
    low -= 0.5;
    high += 0.5;
  }
  /// From 0 to 1.
  [[nodiscard]] double part_of(double number) const {
    return is_logarithmic ? std::log(number / low) / std::log(high / low) : (number - low) / (high - low);
  }
};

void add_number_ticks(const AxisRange& range, ParallelAxis& axis) {
  if (range.is_logarithmic) {
    for (const double tick : log_ticks(range.low, range.high, wanted_ticks)) {
      if (!range.is_whole || tick == std::round(tick)) axis.ticks.push_back({range.part_of(tick), log_tick_text(tick)});
    }
    if (axis.ticks.size() > 1) return;
    axis.ticks.clear();  // a range within one power of ten
  }
  const NumberTicks ticks = number_ticks(range.low, range.high, wanted_ticks);
  for (std::size_t i = 0; i < ticks.places.size(); ++i) {
    if (!range.is_whole || ticks.places[i] == std::round(ticks.places[i]))
      axis.ticks.push_back({range.part_of(ticks.places[i]), ticks.words[i]});
  }
}

Mapped number_axis(const SearchSpace& space, const SearchedParameter& varied, std::size_t place) {
  const SearchSpace::Axis& axis = space.axes()[place];
  const SearchedValue& value = varied.values.front();
  Mapped mapped;
  mapped.parameter = axis.parameter;
  mapped.numbers = {place};
  mapped.axis.name = varied.id;
  if (value.numbers.size() > 1) mapped.axis.name += " (" + std::to_string(*axis.number + 1) + ")";
  if (const auto& texts = axis.texts; !texts.empty() && texts.size() <= most_words) {
    for (std::size_t i = 0; i < texts.size(); ++i)
      mapped.axis.ticks.push_back({(static_cast<double>(i) + 0.5) / static_cast<double>(texts.size()), texts[i]});
  } else {
    add_number_ticks(AxisRange(searched_row(varied.id).info, value.numbers[*axis.number]), mapped.axis);
  }
  return mapped;
}

/// "gaussian" of "gaussian:{0.5:4}".
std::string name_of_form(const SearchedValue& value) {
  std::string name = value.texts.front();
  while (!name.empty() && (name.back() == ':' || name.back() == ',')) name.pop_back();
  return name.empty() ? "number" : name;
}

Mapped form_axis(const SearchSpace& space, const SearchedParameter& varied, std::size_t parameter) {
  Mapped mapped;
  mapped.parameter = parameter;
  mapped.numbers.resize(varied.values.size());
  mapped.axis.name = varied.id;
  mapped.axis.low = -0.5;
  mapped.axis.high = static_cast<double>(varied.values.size()) - 0.5;
  for (std::size_t form = 0; form < varied.values.size(); ++form)
    mapped.axis.ticks.push_back({static_cast<double>(form), name_of_form(varied.values[form])});
  for (std::size_t place = 0; place < space.axes().size(); ++place) {
    const SearchSpace::Axis& axis = space.axes()[place];
    if (axis.parameter != parameter) continue;
    if (!axis.value) {
      mapped.choice = place;
    } else if (*axis.number == 0) {
      mapped.numbers[*axis.value] = place;
    }
  }
  return mapped;
}

std::vector<Mapped> mapped_axes(const SearchPlan& plan, const SearchSpace& space) {
  std::vector<Mapped> axes;
  for (std::size_t parameter = 0; parameter < plan.varied.size(); ++parameter) {
    const SearchedParameter& varied = plan.varied[parameter];
    if (varied.values.size() > 1) {
      axes.push_back(form_axis(space, varied, parameter));
      continue;
    }
    for (std::size_t place = 0; place < space.axes().size(); ++place)
      if (space.axes()[place].parameter == parameter) axes.push_back(number_axis(space, varied, place));
  }
  return axes;
}

/// Of one of so many numbers, and of a whole number, in the middle of its part.
double number_place(const SearchPlan& plan, const SearchSpace& space, const std::vector<double>& point,
                    std::size_t place) {
  const SearchSpace::Axis& axis = space.axes()[place];
  const auto count = static_cast<double>(axis.texts.size());
  if (count != 0.0) return (std::floor(point[place] * count) + 0.5) / count;
  const SearchedParameter& varied = plan.varied[axis.parameter];
  const ParameterInfo& info = searched_row(varied.id).info;
  const SearchedNumbers& numbers = varied.values[axis.value.value_or(0)].numbers[*axis.number];
  const AxisRange range(info, numbers);
  if (!range.is_whole) return point[place];
  return range.part_of(std::stod(number_at(info, numbers, point[place])));
}

double place_on(const Mapped& mapped, const SearchPlan& plan, const SearchSpace& space,
                const std::vector<double>& point) {
  if (!mapped.choice) return number_place(plan, space, point, *mapped.numbers.front());
  const auto forms = static_cast<double>(mapped.numbers.size());
  const double form = std::min(std::floor(point[*mapped.choice] * forms), forms - 1.0);
  const auto number = mapped.numbers[static_cast<std::size_t>(form)];
  return number ? form + form_height * (number_place(plan, space, point, *number) - 0.5) : form;
}

ParallelAxis objective_axis(const SearchPlan& plan, const SearchResults& results, std::size_t objective) {
  const std::string& id = plan.objectives[objective].id;
  ParallelAxis axis;
  axis.name = name_of_value(id);
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const TrialResult& trial : results.trials) {
    if (objective >= trial.objectives.size() || !trial.objectives[objective]) continue;
    low = std::min(low, *trial.objectives[objective]);
    high = std::max(high, *trial.objectives[objective]);
  }
  if (!(low <= high)) return axis;
  const bool percent = !is_measure(id) && metric(id).unit == MetricUnit::fraction;
  if (!(high - low > 1e-9 * std::abs(high))) {
    // All values are equal, and a fraction has no room above 1.
    const double room = 1e-3 * std::max(std::abs(low), 1e-3);
    low = percent ? std::max(0.0, low - room) : low - room;
    high = percent ? std::min(1.0, high + room) : high + room;
  }
  axis.low = low;
  axis.high = high;
  const NumberTicks ticks = number_ticks(low, high, wanted_ticks, percent);
  for (std::size_t i = 0; i < ticks.places.size(); ++i) axis.ticks.push_back({ticks.places[i], ticks.words[i]});
  return axis;
}

}  // namespace

std::vector<std::int64_t> plotted_trials(const SearchResults& results) {
  std::vector<std::int64_t> numbers;
  for (const TrialResult& trial : results.trials)
    if (trial.state != StepState::claimed) numbers.push_back(trial.trial);
  return numbers;
}

ParallelPlot search_plot(const SearchPlan& plan, const SearchSpace& space, const SearchResults& results,
                         std::optional<std::int64_t> marked) {
  const std::string& first = plan.objectives.front().id;
  ParallelPlot plot;
  plot.title = search_words(plan);
  plot.value_name = name_in_sentence(first);
  plot.percent = !is_measure(first) && metric(first).unit == MetricUnit::fraction;
  plot.lowest_is_best = plan.objectives.front().direction == SearchDirection::minimise;
  const std::vector<Mapped> axes = mapped_axes(plan, space);
  for (const Mapped& mapped : axes) plot.axes.push_back(mapped.axis);
  for (std::size_t i = 0; i < plan.objectives.size(); ++i) plot.axes.push_back(objective_axis(plan, results, i));
  for (const TrialResult& trial : results.trials) {
    if (trial.state == StepState::claimed) continue;
    const std::vector<double> point = space.point(trial.trial);
    ParallelLine& line = plot.lines.emplace_back();
    for (const Mapped& mapped : axes) {
      const std::string& id = plan.varied[mapped.parameter].id;
      const bool has = std::ranges::find(trial.values, id, &ParameterTexts::value_type::first) != trial.values.end();
      line.places.push_back(has ? place_on(mapped, plan, space, point) : none);
    }
    for (std::size_t i = 0; i < plan.objectives.size(); ++i)
      line.places.push_back(i < trial.objectives.size() ? trial.objectives[i].value_or(none) : none);
    if (trial.reason.empty() && !trial.objectives.empty()) line.value = trial.objectives.front().value_or(none);
    line.is_best = std::ranges::find(results.best, trial.trial) != results.best.end();
    line.is_marked = marked == trial.trial;
  }
  return plot;
}

}  // namespace dnm
