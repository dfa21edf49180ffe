// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "app/workspace/module_loader.h"
#include "app/workspace/search/search_plan.h"
#include "app/workspace/search/search_space.h"
#include "app/workspace/search/search_steps.h"
#include "core/shared_work/shared_work.h"
#include "core/shared_work/work_loop.h"

namespace dnm {

/// In the folder of a search: its plan, and the folder that its workers share.
inline constexpr const char *search_plan_file = "search.json", *search_work_folder = "work";

/// Whether a folder holds a search.
[[nodiscard]] bool is_search_folder(const std::filesystem::path& folder);

/// Throws InvalidInput where the folder has another search than this plan, which is settled(), and FileError for one
/// that cannot be read. Writes nothing.
void check_begins(const std::filesystem::path& folder, const SearchPlan& plan);

/// Writes the plan, which is settled(), into a folder, or goes on with the search that is there. Throws InvalidInput
/// where that is another one, and FileError.
void begin_search(const std::filesystem::path& folder, const SearchPlan& plan, const std::string& command_line);

/// A search as its folder has it. Its functions are safe from any thread.
class SearchFolder {
 public:
  /// Throws FileError where the folder holds no search, and InvalidInput for a damaged plan.
  explicit SearchFolder(std::filesystem::path folder, std::function<TrainingModule&()> module = training_module);

  [[nodiscard]] const SearchPlan& plan() const { return plan_; }
  [[nodiscard]] const SearchSpace& space() const { return space_; }
  [[nodiscard]] const std::filesystem::path& path() const { return folder_; }

  /// What the items of its work say; those that name no step of the plan are left out. Each result is read once.
  [[nodiscard]] std::vector<StepRecord> records(std::span<const WorkItem> items) const;
  /// Its steps, for work_until_finished(). It refers to this object, which must outlive the work. `progress` is told
  /// of the fraction of a step that is done.
  [[nodiscard]] WorkKind work_kind(std::function<void(const SearchStep&, double)> progress = {},
                                   std::function<void(const std::string&)> notice = {}) const;

 private:
  std::filesystem::path folder_;
  std::function<TrainingModule&()> module_;
  SearchPlan plan_;
  SearchSpace space_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, StepRecord, std::less<>> read_;  ///< results by id
};

}  // namespace dnm
