// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/measures/power_law_verdict.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

// The measures of a network as a list: each with its value, and in smaller letters what it is, how it was found and
// what must be known of it. A data unit is a point.
namespace dnm {

namespace {

constexpr double value_line = 1.45, word_line = 1.3, apart = 0.7;  // in sizes of their texts
constexpr double subscript_scale = 0.86, subscript_drop = 0.3;     // 5 pt of the smallest text on paper
constexpr double letter_width = 0.69;                              // of a Greek letter
constexpr double value_column = 2.1;                               // in text sizes

struct Entry {
  std::string_view symbol;
  std::string value;
  std::vector<std::string> words;  ///< lines
};

std::string joined(std::string_view first, const std::string& second) {
  if (second.empty()) return std::string(first);
  return std::string(first) + ", " + second;
}

Entry entry_of(const Measure& measure, const SceneMeasurement& measured, const SceneOptions& options) {
  Entry entry{measure.symbol, "n/a", {}};
  std::string words(measure.label);
  if (!measured.value) {
    words += measured.problem.empty() ? ": not computed" : ": " + measured.problem;
  } else if (measured.value->value) {
    entry.value = format_measurement(*measured.value);
    words = joined(words, measured.value->method);
    words = joined(words, note_of(*measured.value));
    const std::string rejection = rejection_text(*measured.value);
    if (!rejection.empty()) words += ", power law " + rejection;
  } else {
    words += ": " + measured.value->reason;
  }
  const double room = options.width_points - value_column * options.text_size;
  entry.words = wrapped(words, tick_size(options), std::max(room, 1.0));
  return entry;
}

}  // namespace

Scene build_measures_scene(const SceneInput& input, const SceneOptions& given, const TaskControl& control) {
  if (!input.network) return empty_scene(given);
  SceneOptions options = given;
  std::vector<Entry> entries;
  for (const Measure& measure : measure_table()) {
    entries.push_back(entry_of(measure, measurement_of(input, measure.id), options));
  }
  double height = apart * options.text_size * static_cast<double>(entries.size() - 1);
  for (const Entry& entry : entries) {
    height += value_line * options.text_size + word_line * tick_size(options) * static_cast<double>(entry.words.size());
  }
  if (height > options.height_points) {
    // Smaller letters need fewer lines, so that this fits.
    options.text_size *= options.height_points / height;
    height = options.height_points;
  }
  control.check();

  Scene scene = empty_scene(options);
  scene.bounds = {0.0, 0.0, options.width_points, height};
  const double size = options.text_size, small = tick_size(options);
  const Palette& colors = palette(options.dark);
  const auto put = [&](double x, double y, std::string words, double height_of_letters, bool bold, Color color) {
    Text text{{x, y}, std::move(words), height_of_letters, color};
    text.bold = bold;
    scene.items.emplace_back(std::move(text));
  };
  double y = height;
  for (const Entry& entry : entries) {
    y -= 0.5 * value_line * size;
    const std::size_t mark = std::min(entry.symbol.find('_'), entry.symbol.size());
    put(0.0, y, std::string(entry.symbol.substr(0, mark)), size, true, colors.ink);
    if (mark < entry.symbol.size()) {
      put(letter_width * size, y - subscript_drop * size, std::string(entry.symbol.substr(mark + 1)),
          subscript_scale * size, true, colors.ink);
    }
    put(value_column * size, y, entry.value, size, false, colors.ink);
    y -= 0.5 * value_line * size;
    for (const std::string& line : entry.words) {
      y -= 0.5 * word_line * small;
      put(value_column * size, y, line, small, false, mixed(colors.ink, colors.background, 0.35));
      y -= 0.5 * word_line * small;
    }
    y -= apart * size;
  }
  return scene;
}

}  // namespace dnm
