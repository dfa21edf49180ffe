// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace/search/search_curves.h"
#include "app/workspace/search/search_folder.h"
#include "app/workspace/search/search_results.h"
#include "core/support/task_control.h"

namespace dnm {

/// A search at one moment, as text and tables (see search_report.h).
struct SearchView {
  std::string progress;                          ///< how far it is, with "finished" or why it was cancelled
  std::string slurm;                             ///< its tasks in Slurm; empty where it is not there
  std::vector<std::vector<std::string>> trials;  ///< the best first, below headings
  std::vector<std::vector<std::string>> rungs;   ///< rung_cells()
  std::vector<std::vector<std::string>> finals;  ///< final_cells()
  std::string importance;                        ///< of the parameters, in words; may be empty
  SearchResults results;
  std::vector<LearningCurve> curves;  ///< of the best trials
  bool is_over = false;               ///< finished or cancelled
};

/// Follows the folder of a search while others work on it, on this machine or elsewhere: it only reads. Its functions
/// are safe from any thread, look() one call at a time.
class SearchWatch {
 public:
  /// Throws FileError where the folder holds no search, and InvalidInput for a damaged plan.
  explicit SearchWatch(const std::filesystem::path& folder);

  [[nodiscard]] const SearchFolder& search() const { return search_; }
  /// What is known now; nothing where that is what the last call gave. Asks Slurm, where the search is there. O(steps)
  /// names of files, each result read once. Throws FileError, Cancelled.
  [[nodiscard]] std::optional<SearchView> look(const TaskControl& control = {});
  /// Ends its workers, wherever they are, within a minute. Whether Slurm could be asked, where the search is there.
  /// Throws FileError.
  bool cancel(const std::string& reason, const TaskControl& control = {});

 private:
  SearchFolder search_;
  SharedWork work_;
  LearningCurves curves_;
  /// What decides whether there is anything new.
  struct Seen {
    std::size_t claimed = 0, over = 0;
    std::string slurm, cancelled;
    bool operator==(const Seen&) const = default;
  };
  std::optional<Seen> seen_;
};

}  // namespace dnm
