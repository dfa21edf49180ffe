// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "app/cli/option_parser.h"
#include "app/workspace/search/slurm_jobs.h"

namespace dnm::cli {

/// Where a search runs on a cluster: the options of the group "Slurm".
class SlurmOptions {
 public:
  void declare(OptionParser& parser);
  /// Whether the search is for the cluster, and not for this process.
  [[nodiscard]] bool is_asked() const { return slurm_ || dry_run_; }
  [[nodiscard]] bool is_dry_run() const { return dry_run_; }
  /// `most`: more workers could not do anything at the same time. Throws InvalidInput.
  [[nodiscard]] SlurmSettings settings(std::int64_t most) const;

 private:
  bool slurm_ = false, dry_run_ = false;
  std::optional<std::string> partition_, account_, time_, memory_;
  std::optional<double> workers_;
};

/// Submits the workers of the search in `folder` and says so, or with --dry-run prints script and commands and writes
/// nothing. `most` as above. Returns the exit status. Throws InvalidInput, FileError, and ResourceError with what Slurm
/// says.
int submit_to_slurm(const SlurmOptions& options, const std::filesystem::path& folder, std::int64_t most,
                    const std::stop_token& stop);

}  // namespace dnm::cli
