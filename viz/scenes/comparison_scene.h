// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "viz/scenes/chart_scene.h"
#include "viz/scenes/curve_look.h"
#include "viz/scenes/scene.h"

namespace dnm {

/// One figure of a group of runs.
struct ComparedValue {
  double mean = std::numeric_limits<double>::quiet_NaN();   ///< NaN: the group has none
  double error = std::numeric_limits<double>::quiet_NaN();  ///< standard error; NaN for one run
  std::vector<double> runs{};                               ///< of each run
  bool is_complete = true;                                  ///< of all seeds after all epochs
  std::string words{};                                      ///< in place of a value in a table: "failed"
};

struct ComparedGroup {
  std::string name;
  CurveLook look{};                     ///< its colour
  std::size_t count = 0;                ///< runs
  std::vector<ComparedValue> values{};  ///< one for each of Comparison::figures
  std::string count_words{};            ///< what its figures are of, where "N = 3" would not be all
};

struct Comparison {
  std::vector<std::string> figures;  ///< "last epoch", "best on test" …: at most three, each with a marker of its own;
                                     ///< in a table any number
  std::vector<ComparedGroup> groups{};  ///< from top to bottom
  std::string title{};                  ///< what is compared: "Test accuracy"
  bool percent = true;                  ///< the values are fractions, shown in per cent
  bool lowest_is_best = false;          ///< otherwise the highest
  std::string note{};                   ///< what to know before comparing; under the title
  bool as_table = false;                ///< numbers in rows and columns in place of marks: comparison_table()
};

/// "87.34 ± 0.12 %", or "0.3021 ± 0.0044"; without the error where there is none, empty without a value.
[[nodiscard]] std::string compared_text(const ComparedValue& value, bool percent);

/// "N = 3", or the group's own words.
[[nodiscard]] std::string count_text(const ComparedGroup& group);

struct ComparisonPicture {
  Scene scene;
  std::vector<Rectangle> rows;  ///< of each group that is shown, over the whole width of the page
  PlotArea plot;                ///< its x is the value
};

/// A comparison as it wants to be shown. One row for each group: a mark at each mean, a whisker of ± one standard
/// error, a faint dot for each run, N and, on a wide page, the first figure in words. Rows get smaller text where there
/// are many; those there is no room for even so are counted.
[[nodiscard]] ComparisonPicture comparison_scene(const Comparison& comparison, const ChartStyle& style);

/// Rows that a page shows at most where its height follows from them.
inline constexpr std::size_t most_compared = 100;
/// Height in points at which rows stand comfortably, of most_compared groups at most.
[[nodiscard]] double comparison_height(std::size_t groups, double text_size);

}  // namespace dnm
