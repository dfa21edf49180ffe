// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/sweep_charts.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/workspace/words.h"
#include "core/measures/measure.h"
#include "core/support/digits.h"
#include "viz/scenes/axes.h"

namespace dnm {

namespace {

constexpr int wanted_ticks = 6;
constexpr double room_beside_points = 0.04;  // of the axis, at each end

/// "sparsity s"; of a range of a distribution, also what its numbers are: "dendrites M, fixed", "degree k, gaussian,
/// standard deviation".
std::string axis_name(const VariedParameter& varied) {
  const ParameterInfo& info = varied_info(varied);
  std::string name = in_sentence(info.label);
  if (!info.symbol.empty()) name.append(" ").append(info.symbol);
  const auto* range = std::get_if<ValueRange>(&varied.values);
  if (!range || range->before.empty()) return name;
  name += ", " + range->before.substr(0, range->before.size() - 1);
  const bool is_spread = info.kind == ParameterKind::distribution && (!info.has_mean || range->before.ends_with(','));
  if (!is_spread) return name;
  const std::size_t start = range->before.find('=') + 1;  // after the number of a layer; 0 without one
  const Family family = parse_family(range->before.substr(start, range->before.find(':') - start));
  const Spread* const spread = spread_of(info, family);
  return spread ? name.append(", ").append(spread->label) : name;
}

std::string title_of(const Measure& measure) { return std::string(measure.symbol) + ", " + in_sentence(measure.label); }

std::vector<ChartTick> ticks_between(double low, double high, bool logarithmic) {
  std::vector<ChartTick> ticks;
  if (logarithmic) {
    for (const double tick : log_ticks(low, high, wanted_ticks))
      ticks.push_back({std::log10(tick), log_tick_text(tick)});
    return ticks;
  }
  const NumberTicks round = number_ticks(low, high, wanted_ticks);
  for (std::size_t i = 0; i < round.places.size(); ++i) ticks.push_back({round.places[i], round.words[i]});
  return ticks;
}

/// A chart with the axis of the parameter and no curve.
Chart empty_chart(const VariedParameter& varied) {
  const ParameterInfo& info = varied_info(varied);
  const auto numbers = value_numbers(info, varied);
  const std::vector<double> places = sweep_places(varied);
  const auto [low, high] = std::ranges::minmax(places);
  Chart chart;
  chart.x_name = axis_name(varied);
  chart.without = "nothing measured yet";
  chart.is_named = false;
  if (numbers && low < high) {
    const auto [least, most] = std::ranges::minmax(*numbers);
    chart.x_ticks = ticks_between(least, most, is_logarithmic(info, varied));
    const double room = room_beside_points * (high - low);
    chart.first_x = low - room;
    chart.last_x = high + room;
  }
  if (chart.x_ticks.empty()) {
    const std::vector<std::string> texts = value_texts(info, varied);
    for (std::size_t i = 0; i < texts.size(); ++i) chart.x_ticks.push_back({places[i], texts[i]});
    const double room = low < high && numbers ? room_beside_points * (high - low) : 0.5;
    chart.first_x = low - room;
    chart.last_x = high + room;
  }
  return chart;
}

ChartCurve curve_of(const Sweep& sweep, std::size_t measure, const std::vector<double>& places, bool joined) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  ChartCurve curve;
  curve.label = sweep.plan.measures[measure];
  curve.has_dots = true;
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t point = 0; point < sweep.points.size(); ++point) order.emplace_back(places[point], point);
  std::ranges::sort(order);
  for (const auto& [place, point] : order) {
    const SweepMean mean = mean_of(sweep, point, measure);
    // A gap keeps values without an order apart.
    if (!joined && !curve.points.empty()) curve.points.push_back({place - 0.5, nan});
    curve.points.push_back({place, mean.mean, mean.error});
  }
  return curve;
}

HeatMap map_of(const Sweep& sweep, std::size_t measure) {
  const VariedParameter &rows = sweep.plan.varied[0], &columns = sweep.plan.varied[1];
  HeatMap map;
  map.title = title_of(dnm::measure(sweep.plan.measures[measure]));
  map.x_name = axis_name(columns);
  map.y_name = axis_name(rows);
  map.x_words = value_texts(varied_info(columns), columns);
  map.y_words = value_texts(varied_info(rows), rows);
  for (std::size_t point = 0; point < sweep.points.size(); ++point)
    map.values.push_back(mean_of(sweep, point, measure).mean);
  // What stands before every number of a range is in the name of the axis.
  const auto shorten = [](const VariedParameter& varied, std::vector<std::string>& words) {
    const auto* range = std::get_if<ValueRange>(&varied.values);
    if (range)
      for (std::string& word : words) word.erase(0, range->before.size());
  };
  shorten(columns, map.x_words);
  shorten(rows, map.y_words);
  return map;
}

}  // namespace

std::vector<double> sweep_places(const VariedParameter& varied) {
  const ParameterInfo& info = varied_info(varied);
  if (auto numbers = value_numbers(info, varied)) {
    if (is_logarithmic(info, varied))
      for (double& number : *numbers) number = std::log10(number);
    return *numbers;
  }
  std::vector<double> places(value_texts(info, varied).size());
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = static_cast<double>(i);
  return places;
}

SweepPictures sweep_pictures(const Sweep& sweep) {
  SweepPictures pictures;
  const SweepPlan& plan = sweep.plan;
  if (plan.varied.size() == 2) {
    for (std::size_t place = 0; place < plan.measures.size(); ++place) pictures.maps.push_back(map_of(sweep, place));
    return pictures;
  }
  const VariedParameter& varied = plan.varied.front();
  const Chart empty = empty_chart(varied);
  const std::vector<double> places = sweep_places(varied);
  const bool joined = value_numbers(varied_info(varied), varied).has_value();
  for (std::size_t place = 0; place < plan.measures.size(); ++place) {
    Chart& chart = pictures.charts.emplace_back(empty);
    chart.title = title_of(measure(plan.measures[place]));
    chart.curves.push_back(curve_of(sweep, place, places, joined));
    if (sweep.missing() == 0) chart.without = "n/a at every point";
  }
  return pictures;
}

SweepWords words_of_point(const Sweep& sweep, std::size_t point) {
  SweepWords words;
  for (std::size_t i = 0; i < sweep.plan.varied.size(); ++i)
    words.point += (i > 0 ? ", " : "") + sweep.plan.varied[i].id + " " + sweep.points[point].values[i];
  for (std::size_t place = 0; place < sweep.plan.measures.size(); ++place) {
    const SweepMean mean = mean_of(sweep, point, place);
    std::string value = "not measured yet";
    if (mean.count > 0) {
      value = mean_and_error(mean.mean, mean.error, false) + " (N = " + std::to_string(mean.count) + ")";
    } else if (mean.without > 0) {
      value = "n/a: " + mean.reason;
    }
    words.measures.emplace_back(measure(sweep.plan.measures[place]).symbol, std::move(value));
  }
  return words;
}

}  // namespace dnm
