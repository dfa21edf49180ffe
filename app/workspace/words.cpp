// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/words.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <ctime>

#include "core/parameters/look_up.h"
#include "core/parameters/number_text.h"
#include "core/support/digits.h"
#include "core/support/letter_case.h"
#include "training/runs/run_summary.h"

namespace dnm {

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
    if (!blank) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

std::string rate_text(double per_second, std::string_view unit) {
  std::string text;
  if (per_second >= 1e9) {
    text = with_decimals(per_second / 1e9, 2) + " G";
  } else if (per_second >= 1e6) {
    text = with_decimals(per_second / 1e6, 2) + " M";
  } else {
    text = with_commas(static_cast<std::uint64_t>(per_second));
  }
  return text.append(" ").append(unit).append("/s");
}

std::string throughput_text(double examples_per_second, double links_per_second, std::string_view examples) {
  return rate_text(examples_per_second, examples) + ", " + rate_text(links_per_second, "links");
}

std::string bytes_text(std::uint64_t bytes) {
  const double megabytes = static_cast<double>(bytes) / 1e6;
  if (megabytes < 9.95) return with_decimals(megabytes, 1) + " MB";
  return with_commas(static_cast<std::uint64_t>(std::llround(megabytes))) + " MB";
}

std::string duration_text(double seconds) {
  if (!std::isfinite(seconds)) return "?";
  if (seconds < 1.0) return with_decimals(seconds * 1000.0, seconds < 0.01 ? 1 : 0) + " ms";
  if (seconds < 100.0) return with_decimals(seconds, seconds < 10.0 ? 2 : 1) + " s";
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  if (whole < 3600) return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
  return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
}

std::string time_left_text(double seconds) {
  constexpr double longest = 3.6e6;
  if (!(seconds >= 0.0) || seconds > longest) return "–";
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  const auto two = [](std::uint64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const std::string tail = two(whole % 60);
  if (whole < 3600) return std::to_string(whole / 60) + ":" + tail;
  return std::to_string(whole / 3600) + ":" + two(whole / 60 % 60) + ":" + tail;
}

std::string moment_text(std::int64_t seconds) {
  const auto local = [](std::time_t moment) {
    std::tm parts{};
    ::localtime_r(&moment, &parts);
    return parts;
  };
  const std::tm then = local(static_cast<std::time_t>(seconds));
  const std::tm now = local(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()));
  const bool is_today = then.tm_year == now.tm_year && then.tm_yday == now.tm_yday;
  std::array<char, 32> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), is_today ? "%H:%M" : "%Y-%m-%d %H:%M", &then);
  return {text.data(), length};
}

std::string step_time_text(double milliseconds) {
  return with_decimals(milliseconds, milliseconds < 0.1 ? 3 : 2) + " ms";
}

std::string loss_text(double loss) {
  constexpr double diverged = 1e5;
  return loss < diverged ? with_decimals(loss, 4) : with_significant(loss, 3);
}

std::string metric_text(const Metric& metric, double value) {
  switch (metric.unit) {
    case MetricUnit::fraction:
      return percent_text(value);
    case MetricUnit::nats:
      return loss_text(value);
    case MetricUnit::count:
      return with_commas(static_cast<std::uint64_t>(value));
    case MetricUnit::number:
      return with_significant(value, 3);
    case MetricUnit::seconds:
      break;
  }
  return duration_text(value);
}

std::string percent_text(double fraction) { return in_percent(fraction) + " %"; }

std::string mean_cell(const Metric* metric, std::span<const double> values) {
  if (values.empty()) return {};
  const auto [mean, error, count] = mean_with_error(values);
  return mean_and_error(mean, error, metric->unit == MetricUnit::fraction);
}

std::string mean_text(const Metric* metric, std::span<const double> values) {
  if (values.empty()) return "–";
  const bool percent = metric->unit == MetricUnit::fraction, seconds = metric->unit == MetricUnit::seconds;
  return mean_cell(metric, values) + (percent ? " %" : seconds ? " s" : "");
}

std::string value_text(const ParameterInfo& info, const ParameterValue& value) {
  const auto label_of = [&](std::string_view id) {
    const Choice* choice = find_row(info.choices, id);
    return std::string(choice ? choice->label : id);
  };
  if (const auto* text = std::get_if<std::string>(&value)) return label_of(*text);
  const auto* distribution = std::get_if<Distribution>(&value);
  if (!distribution) return format_value(info, value);
  std::string words = label_of(family_id(distribution->family));
  if (info.has_mean) words += " " + format_real(distribution->mean);
  const Spread* spread = spread_of(info, distribution->family);
  if (spread && distribution->spread)
    words.append(", ").append(spread->label).append(" ").append(format_real(*distribution->spread));
  return words;
}

std::string in_sentence(std::string_view label) {
  std::string text(label);
  if (!text.empty()) text.front() = lower_case(text.front());
  return text;
}

std::string layers_text(std::span<const NodeIndex> sizes) {
  std::string text;
  for (const NodeIndex size : sizes) text += (text.empty() ? "" : "-") + std::to_string(size);
  return text;
}

std::string shape_text(const Network& network) {
  return network.is_layered() ? layers_text(network.layer_sizes()) : counted(network.node_count(), "node");
}

std::string network_text(const Network& network) {
  return shape_text(network) + ", " + counted(network.link_count(), "link");
}

std::string timing_text(const LayerTiming& timing) {
  const bool sparse = timing.engine == Engine::sparse;
  const double own = sparse ? timing.sparse_milliseconds : timing.masked_milliseconds;
  const double other = sparse ? timing.masked_milliseconds : timing.sparse_milliseconds;
  return std::string(engine_id(timing.engine)) + " " + step_time_text(own) + " (" + (sparse ? "masked " : "sparse ") +
         step_time_text(other) + ")";
}

std::vector<LayerTimingText> timing_texts(std::span<const LayerTiming> timings) {
  constexpr std::size_t few = 8;
  std::vector<LayerTimingText> made;
  std::vector<std::size_t> counts;
  for (const LayerTiming& timing : timings) {
    std::string text = timing_text(timing);
    const auto same = std::ranges::find(made, text, &LayerTimingText::timing);
    if (timings.size() > few && same != made.end()) {
      ++counts[static_cast<std::size_t>(same - made.begin())];
      continue;
    }
    made.push_back({"layer " + std::to_string(made.size() + 1), std::move(text)});
    counts.push_back(1);
  }
  if (timings.size() <= few) return made;
  for (std::size_t i = 0; i < made.size(); ++i) made[i].layers = counted(counts[i], "layer");
  return made;
}

std::string speed_up_text(double factor) {
  return with_decimals(factor, 1) + " times as fast as masked dense products";
}

}  // namespace dnm
