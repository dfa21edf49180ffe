// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/network/network.h"
#include "core/parameters/parameter.h"
#include "training/metrics/metric.h"
#include "training/runs/training_module.h"

// Numbers in words: one function per kind of quantity, for window and command line. Grouping and digits of any number
// are in core/support/digits.h, texts about measures in measure_words.h.
namespace dnm {

/// `text` with line breaks, runs of blanks and control characters made single blanks, and none around it.
[[nodiscard]] std::string one_line(std::string_view text);

/// A rate: "12,300 examples/s", "1.25 M links/s", "3.10 G links/s".
[[nodiscard]] std::string rate_text(double per_second, std::string_view unit);
/// "41,000 examples/s, 2.50 G links/s".
[[nodiscard]] std::string throughput_text(double examples_per_second, double links_per_second,
                                          std::string_view examples = "examples");
/// "3.1 MB", "248 MB" (10⁶ bytes).
[[nodiscard]] std::string bytes_text(std::uint64_t bytes);

/// How long something took: "1.5 ms", "35 ms", "1.24 s", "2 min 10 s", "1 h 3 min"; "?" if it is not finite.
[[nodiscard]] std::string duration_text(double seconds);
/// How long something will still take: "1:05", "2:10:33"; a dash if unknown or more than 1,000 hours.
[[nodiscard]] std::string time_left_text(double seconds);
/// When something happened, as local time: "14:03" of today, else "2026-11-30 14:03". `seconds`: since 1970.
[[nodiscard]] std::string moment_text(std::int64_t seconds);
/// Of one step of a training: "3.10 ms", with thousandths where hundredths would be mostly zeros: "0.021 ms".
[[nodiscard]] std::string step_time_text(double milliseconds);

/// "0.4123"; three significant digits of a diverged loss: "3.4e+12".
[[nodiscard]] std::string loss_text(double loss);
/// A value of a metric in the words of its unit: "84.20 %", "0.4123", "61,465", "1.24 s".
[[nodiscard]] std::string metric_text(const Metric& metric, double value);
/// "84.20 %", of a fraction.
[[nodiscard]] std::string percent_text(double fraction);
/// Mean and standard error of a metric's values for the cells of tables, without a unit (mean_and_error):
/// "86.52 ± 0.11", "86.52" for a single value, empty for none. `metric` may be null where there are none.
[[nodiscard]] std::string mean_cell(const Metric* metric, std::span<const double> values);
/// "86.52 ± 0.11 %"; a dash for none.
[[nodiscard]] std::string mean_text(const Metric* metric, std::span<const double> values);
/// The value of a parameter with the labels of the window: "Uniform, half width 2", "Gaussian 3", "Bounded", "0.95".
[[nodiscard]] std::string value_text(const ParameterInfo& info, const ParameterValue& value);
/// A label inside a sentence: "Test accuracy" as "test accuracy".
[[nodiscard]] std::string in_sentence(std::string_view label);

/// "98-196-196".
[[nodiscard]] std::string layers_text(std::span<const NodeIndex> sizes);
/// "98-196-196", or "34 nodes" for a network without layers.
[[nodiscard]] std::string shape_text(const Network& network);
/// "98-196-196, 5,763 links".
[[nodiscard]] std::string network_text(const Network& network);

/// What one layer of a training is computed with, and what the other engine would take: "sparse 0.21 ms (masked
/// 3.10 ms)".
[[nodiscard]] std::string timing_text(const LayerTiming& timing);
/// The same of all layers: "layer 1", "layer 2" …, or of a model of many "36 layers" that read alike.
struct LayerTimingText {
  std::string layers;
  std::string timing;
};
[[nodiscard]] std::vector<LayerTimingText> timing_texts(std::span<const LayerTiming> timings);
/// "48.3 times as fast as masked dense products".
[[nodiscard]] std::string speed_up_text(double factor);

}  // namespace dnm
