// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/search/search_watch.h"

#include <algorithm>
#include <utility>

#include "app/workspace/search/search_report.h"
#include "app/workspace/search/slurm_jobs.h"

namespace dnm {

namespace {

constexpr std::size_t listed_trials = 1000;

}  // namespace

SearchWatch::SearchWatch(const std::filesystem::path& folder)
    : search_(folder), work_(shared_files_in(folder / search_work_folder)) {}

std::optional<SearchView> SearchWatch::look(const TaskControl& control) {
  const std::vector<WorkItem> items = work_.items();
  control.check();
  const std::vector<SlurmArray> arrays = slurm_arrays(search_.path());
  const auto cancelled = work_.cancelled();
  Seen seen{.slurm = slurm_words(arrays, slurm_states(arrays, control)),
            .cancelled = cancelled ? "cancelled: " + *cancelled : std::string()};
  for (const WorkItem& item : items) ++(item.state == WorkState::finished ? seen.over : seen.claimed);
  if (seen_ == seen) return std::nullopt;

  const SearchPlan& plan = search_.plan();
  const std::vector<StepRecord> records = search_.records(items);
  control.check();
  SearchView view;
  view.results = search_results(plan, search_.space(), records);
  view.curves = curves_.of_best(plan, view.results, search_.path(), control);
  const bool is_finished = dnm::is_finished(plan, records);
  view.progress = progress_words(plan, view.results);
  if (is_finished) view.progress += "; finished";
  if (cancelled) view.progress += "; " + seen.cancelled;
  view.slurm = seen.slurm;
  view.trials = search_cells(plan, view.results, listed_trials);
  view.rungs = rung_cells(plan, records);
  view.finals = final_cells(plan, view.results);
  view.importance = importance_words(plan, search_importance(plan, search_.space(), records));
  view.is_over = is_finished || cancelled.has_value();
  seen_ = std::move(seen);
  return view;
}

bool SearchWatch::cancel(const std::string& reason, const TaskControl& control) {
  const std::vector<SlurmArray> arrays = slurm_arrays(search_.path());
  work_.cancel(reason);
  return cancel_waiting_workers(arrays, control);
}

}  // namespace dnm
