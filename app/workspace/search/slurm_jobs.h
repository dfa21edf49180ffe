// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/task_control.h"

// Workers of a search as jobs of Slurm: manual: using/cluster, "Slurm". All that is of Slurm lies in the folder "slurm"
// of the search.
namespace dnm {

/// What a user says of the jobs; empty texts leave it to the cluster.
struct SlurmSettings {
  std::string partition{}, account{};
  std::string time{};        ///< limit of a task, as sbatch takes it: "4:00:00"
  std::string memory{};      ///< of a task, as sbatch takes it: "4G"
  std::int64_t workers = 1;  ///< tasks side by side
};

/// The seconds of a time limit in one of Slurm's forms: M, M:S, H:M:S, D-H, D-H:M, D-H:M:S; nothing for another text.
[[nodiscard]] std::optional<std::int64_t> slurm_seconds(std::string_view time);

/// The longest time, in seconds, that a partition gives a task (empty: that of the cluster's default partition);
/// nothing where it has no limit or Slurm cannot be asked.
[[nodiscard]] std::optional<std::int64_t> slurm_time_limit(std::string_view partition, const TaskControl& control = {});

/// The batch script of a worker. `program`: dnm, by its full path. Throws InvalidInput for a time limit of another form
/// or below a minute, for a memory that is no number with K, M, G or T, and for texts with blanks or control
/// characters.
[[nodiscard]] std::string slurm_script(const SlurmSettings& settings, const std::filesystem::path& program);

/// The words of the commands that submit the workers: a job array for each thousand of them, the most that Slurm takes
/// by default.
[[nodiscard]] std::vector<std::vector<std::string>> sbatch_commands(const SlurmSettings& settings,
                                                                    const std::filesystem::path& folder);

/// A job array that was submitted.
struct SlurmArray {
  std::string job;
  std::int64_t workers = 0;
};
/// Those of a search, the oldest first.
[[nodiscard]] std::vector<SlurmArray> slurm_arrays(const std::filesystem::path& folder);

/// Writes the script and submits the arrays, which it also notes in the folder. Throws FileError, and ResourceError
/// with what sbatch says.
std::vector<SlurmArray> submit_workers(const SlurmSettings& settings, const std::filesystem::path& folder,
                                       const std::filesystem::path& program, const TaskControl& control = {});

/// How many tasks of the arrays are in each state of Slurm ("RUNNING", "PENDING"), as squeue has them; nothing where it
/// cannot be asked.
[[nodiscard]] std::optional<std::map<std::string, std::int64_t>> slurm_states(std::span<const SlurmArray> arrays,
                                                                              const TaskControl& control = {});

/// "Slurm: job 12: 3 pending, 5 running"; empty without arrays.
[[nodiscard]] std::string slurm_words(std::span<const SlurmArray> arrays,
                                      const std::optional<std::map<std::string, std::int64_t>>& states);

/// Cancels those tasks that have not started. Whether Slurm could be asked.
bool cancel_waiting_workers(std::span<const SlurmArray> arrays, const TaskControl& control = {});

}  // namespace dnm
