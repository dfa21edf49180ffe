// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "app/cli/option_parser.h"
#include "app/workspace/search/search_plan.h"
#include "app/workspace/search/slurm_jobs.h"
#include "core/support/task_control.h"

namespace dnm::cli {

/// Where a search runs on a cluster: the options of the group "Slurm".
class SlurmOptions {
 public:
  void declare(OptionParser& parser);
  /// Whether the search is for the cluster, and not for this process.
  [[nodiscard]] bool is_asked() const { return slurm_ || dry_run_; }
  [[nodiscard]] bool is_dry_run() const { return dry_run_; }
  /// Throws UsageError where something is asked of a cluster that is not to be used.
  void check() const;
  /// What was given, with no more workers than could do something at the same time. Throws InvalidInput.
  [[nodiscard]] SlurmSettings settings(const SearchPlan& plan) const;

 private:
  bool slurm_ = false, dry_run_ = false;
  std::optional<std::string> partition_, account_, time_, memory_;
  std::optional<double> workers_;
};

/// Submits the workers of the search in `folder` and says so, or with --dry-run prints script and commands and writes
/// nothing. Memory and time that were not given are those that the first trials need, which are trained here for some
/// seconds: half as much memory again and one to two gigabytes for the program, and twice a worker's share of the time.
/// Returns the exit status. Throws InvalidInput, FileError, Cancelled, and ResourceError with what Slurm says.
int submit_to_slurm(const SlurmOptions& options, const std::filesystem::path& folder, const SearchPlan& plan,
                    const std::stop_token& stop);

}  // namespace dnm::cli
