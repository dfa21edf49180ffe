// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/search_slurm.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <string_view>
#include <utility>

#include "app/workspace/search/search_folder.h"
#include "app/workspace/search/search_run.h"
#include "app/workspace/search/search_steps.h"
#include "app/workspace/words.h"
#include "core/shared_work/shared_work.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/shell_word.h"

namespace dnm::cli {

namespace fs = std::filesystem;

namespace {

void print_dry_run(const SlurmSettings& settings, const fs::path& folder, const fs::path& program) {
  std::cout << slurm_script(settings, program) << '\n';
  for (const auto& words : sbatch_commands(settings, folder)) {
    std::cout << '#';
    for (const std::string& word : words) std::cout << ' ' << shell_word(word);
    std::cout << '\n';
  }
}

/// What a worker asks for: "3G"; empty where only measures are computed, whose memory the cluster's default has to
/// hold.
std::string memory_text(std::uint64_t bytes_of_run) {
  constexpr std::uint64_t gigabyte = std::uint64_t{1} << 30;
  if (bytes_of_run == 0) return "";
  return std::to_string((bytes_of_run + bytes_of_run / 2) / gigabyte + 2) + "G";
}

/// A limit that holds a worker's share of the search twice, in steps of ten minutes, within what the partition gives: a
/// task that comes to it queues again. Empty where nothing is known of the time.
std::string time_text(double worker_seconds, std::string_view partition, const TaskControl& control) {
  constexpr double step = 600.0, longest = 86'400.0;
  if (!(worker_seconds > 0.0)) return "";
  double seconds = std::min(std::ceil(2.0 * worker_seconds / step) * step, longest);
  if (const auto limit = slurm_time_limit(partition, control)) seconds = std::min(seconds, static_cast<double>(*limit));
  return std::to_string(std::max<std::int64_t>(1, static_cast<std::int64_t>(seconds) / 60));
}

/// Fills in time and memory, where they were not given, by what the first trials need; says how long the search takes.
std::string estimate_needs(const SearchPlan& plan, SlurmSettings& settings, const TaskControl& control) {
  const TrainingNeeds needs = needs_of_trials(plan, SearchSpace(plan), control);
  if (settings.memory.empty()) settings.memory = memory_text(needs.memory_bytes);
  const double seconds = needs.epoch_seconds * static_cast<double>(epochs_of_search(plan));
  // The steps of one trial follow one another, and those of the end the rest.
  const double of_trial = needs.epoch_seconds * static_cast<double>(plan.training.epochs);
  const double share = seconds / static_cast<double>(settings.workers) + (settings.workers > 1 ? of_trial : 0.0);
  if (settings.time.empty()) settings.time = time_text(share, settings.partition, control);
  if (!(seconds > 0.0)) return "";
  return "about " + duration_text(seconds) + " of processor time as this machine trains, " + duration_text(share) +
         " with " + counted(static_cast<std::uint64_t>(settings.workers), "worker");
}

}  // namespace

void SlurmOptions::declare(OptionParser& parser) {
  const std::string group = "Slurm";
  parser.add_flag({.name = "--slurm",
                   .help = "Run the search as job arrays of Slurm, in a folder that all machines share; this command "
                           "only submits them",
                   .group = group},
                  slurm_);
  parser.add_flag(
      {.name = "--dry-run", .help = "Print the script and the sbatch commands; write nothing", .group = group},
      dry_run_);
  parser.add({.name = "--partition", .help = "Partition of the cluster", .placeholder = "NAME", .group = group},
             partition_);
  parser.add({.name = "--account", .help = "Account that is charged", .placeholder = "NAME", .group = group}, account_);
  parser.add(
      {.name = "--time",
       .help = "Time limit of a task, after which it queues again and goes on: minutes, H:M:S or D-H:M:S [twice a "
               "worker's share, as the first trials tell, within what the partition gives]",
       .placeholder = "TIME",
       .group = group},
      time_);
  parser.add({.name = "--memory",
              .help = "Memory of a task, as 4G [what the first trials need; without trainings that of the "
                      "partition]",
              .placeholder = "SIZE",
              .group = group},
             memory_);
  parser.add({.name = "--array-limit",
              .help = "At most this many workers at a time [100]",
              .placeholder = "N",
              .group = group},
             workers_);
}

void SlurmOptions::check() const {
  if (is_asked()) return;
  const std::pair<std::string_view, bool> given[] = {{"--partition", partition_.has_value()},
                                                     {"--account", account_.has_value()},
                                                     {"--time", time_.has_value()},
                                                     {"--memory", memory_.has_value()},
                                                     {"--array-limit", workers_.has_value()}};
  for (const auto& [name, is_given] : given) {
    if (is_given)
      throw UsageError(std::string(name) +
                       " is for searches on a cluster; add --slurm, or leave it out to search here");
  }
}

SlurmSettings SlurmOptions::settings(const SearchPlan& plan) const {
  constexpr double usual = 100, largest = 100'000;
  const double workers = workers_.value_or(usual);
  if (!(workers >= 1 && workers <= largest) || workers != std::floor(workers))
    throw InvalidInput("--array-limit must be a whole number from 1 to 100,000");
  return {.partition = partition_.value_or(""),
          .account = account_.value_or(""),
          .time = time_.value_or(""),
          .memory = memory_.value_or(""),
          .workers = std::clamp<std::int64_t>(plan.trials, 1, static_cast<std::int64_t>(workers))};
}

int submit_to_slurm(const SlurmOptions& options, const fs::path& folder, const SearchPlan& plan,
                    const std::stop_token& stop) {
  SlurmSettings settings = options.settings(plan);
  const fs::path whole = fs::absolute(folder).lexically_normal();
  const fs::path program = fs::read_symlink("/proc/self/exe");
  static_cast<void>(slurm_script(settings, program));  // refuses what was given before anything is measured
  const std::string estimate = estimate_needs(plan, settings, {stop, {}});
  if (options.is_dry_run()) {
    if (!estimate.empty()) std::cout << "# " << estimate << '\n';
    print_dry_run(settings, whole, program);
    return 0;
  }
  if (!estimate.empty()) std::cout << estimate << '\n';
  SharedWork(shared_files_in(whole / search_work_folder)).allow();
  for (const SlurmArray& array : submit_workers(settings, whole, program, {stop, {}}))
    std::cout << counted(static_cast<std::uint64_t>(array.workers), "worker") << " submitted as job " << array.job
              << '\n';
  std::cout << "dnm status " << shell_word(folder.string()) << " shows how far it is, dnm collect "
            << shell_word(folder.string()) << " writes the tables\n";
  return 0;
}

}  // namespace dnm::cli
