// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/search/search_folder.h"

#include <optional>
#include <system_error>
#include <utility>

#include "app/workspace/search/search_run.h"
#include "core/files/atomic_file.h"
#include "core/files/file_text.h"
#include "core/support/error.h"
#include "core/support/shell_word.h"

namespace dnm {

namespace {

namespace fs = std::filesystem;

SearchPlan plan_in(const fs::path& folder) {
  const fs::path file = folder / search_plan_file;
  std::error_code error;
  const bool exists = fs::exists(file, error);
  if (error)
    throw FileError("cannot look into " + folder.string() + ": " + error.message() + "; check its permissions");
  if (!exists)
    throw FileError("there is no search in " + folder.string() + ": it has no " + search_plan_file +
                    "; give the folder of one, or begin one with what to vary");
  try {
    return search_from_json(whole_file(file));
  } catch (const InvalidInput& problem) {
    throw InvalidInput(file.string() + ": " + problem.what());
  }
}

}  // namespace

bool is_search_folder(const fs::path& folder) {
  std::error_code error;
  return fs::exists(folder / search_plan_file, error);
}

void check_begins(const fs::path& folder, const SearchPlan& plan) {
  if (!is_search_folder(folder)) return;
  const ChangedSearch changed = changed_search(plan_in(folder), plan);
  if (changed.what.empty()) return;
  throw InvalidInput("the search in " + folder.string() + " was begun with " + changed.what + " " + changed.then +
                     ", not " + changed.now + "; go on with what it was begun with (dnm search -o " +
                     shell_word(folder.string()) + " alone does), or choose another folder");
}

void begin_search(const fs::path& folder, const SearchPlan& plan, const std::string& command_line) {
  check_begins(folder, plan);
  if (is_search_folder(folder) && plan.trials <= plan_in(folder).trials) return;
  write_atomically(folder / search_plan_file, search_to_json(plan, command_line));
}

SearchFolder::SearchFolder(fs::path folder, std::function<TrainingModule&()> module)
    : folder_(std::move(folder)), module_(std::move(module)), plan_(plan_in(folder_)), space_(plan_) {}

std::vector<StepRecord> SearchFolder::records(std::span<const WorkItem> items) const {
  const std::lock_guard lock(mutex_);
  std::vector<StepRecord> records;
  for (const WorkItem& item : items) {
    if (item.state == WorkState::claimed) {
      if (const auto step = step_of(plan_, item.id)) records.push_back({*step, StepState::claimed, {}, {}, 0.0});
      continue;
    }
    auto known = read_.find(item.id);
    if (known == read_.end()) {
      const auto step = step_of(plan_, item.id);
      if (!step) continue;
      known = read_.emplace(item.id, record_from_json(*step, item.result)).first;
    }
    records.push_back(known->second);
  }
  return records;
}

WorkKind SearchFolder::work_kind(std::function<void(const SearchStep&, double)> progress,
                                 std::function<void(const std::string&)> notice) const {
  WorkKind kind;
  kind.next = [this](std::span<const WorkItem> items) -> std::optional<WorkStep> {
    const std::vector<StepRecord> known = records(items);
    const auto step = next_step(plan_, known);
    if (!step) return std::nullopt;
    return WorkStep{step->id, known_results(plan_, known)};
  };
  kind.is_finished = [this](std::span<const WorkItem> items) { return dnm::is_finished(plan_, records(items)); };
  kind.run = [this, progress = std::move(progress)](const std::string& id, const TaskControl& control) {
    const auto step = step_of(plan_, id);
    if (!step) throw InvalidInput("\"" + id + "\" is no step of this search");
    TaskControl told = control;
    told.progress = [&](double fraction) {
      control.report(fraction);
      if (progress) progress(*step, fraction);
    };
    return record_to_json(run_step(plan_, space_, *step, folder_, told, module_));
  };
  kind.failure = [this](const std::string& id, std::string_view reason) {
    return record_to_json(
        {step_of(plan_, id).value_or(SearchStep{id}), StepState::failed, {}, std::string(reason), 0.0});
  };
  kind.notice = std::move(notice);
  return kind;
}

}  // namespace dnm
