// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "app/workspace/search/search_results.h"
#include "core/support/task_control.h"
#include "viz/scenes/chart_scene.h"

namespace dnm {

/// How the metric that chooses an epoch went along a trial.
struct LearningCurve {
  std::int64_t trial = 0;
  std::vector<double> values{};  ///< after each epoch, means over the seeds; as far as all of them are
};

/// The learning curves of the best trials, each read anew only once its trial has more epochs. Not thread-safe.
class LearningCurves {
 public:
  static constexpr std::size_t most = 8;

  /// Those of the `most` best trials by ranking(), the best first; none where nothing is trained. Trials whose run
  /// folders are gone or damaged are left out. `folder`: of the search. O(trials · log trials), and the files that are
  /// read. Throws Cancelled.
  [[nodiscard]] std::vector<LearningCurve> of_best(const SearchPlan& plan, const SearchResults& results,
                                                   const std::filesystem::path& folder, const TaskControl& control);

 private:
  struct Read {
    std::int64_t epochs = 0;
    std::vector<double> values;
  };
  std::map<std::int64_t, Read> read_;
};

/// For each objective its value in each trial and the best so far, over the number of the trial; of trainings also
/// their learning curves, over the epochs. O(trials + epochs).
[[nodiscard]] std::vector<Chart> search_charts(const SearchPlan& plan, const SearchResults& results,
                                               std::span<const LearningCurve> curves);

}  // namespace dnm
