// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/search/slurm_jobs.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "app/workspace/words.h"
#include "core/files/atomic_file.h"
#include "core/files/file_text.h"
#include "core/support/child_process.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"
#include "core/support/shell_word.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

constexpr const char* script_file = "slurm/worker.sh";
constexpr const char* arrays_file = "slurm/arrays";
constexpr std::int64_t most_tasks = 1000;
constexpr std::int64_t minute = 60;

/// What is done with the signal that Slurm sends before the time limit.
constexpr std::string_view body = R"(
# Soon the time limit: the worker keeps its work, and this task waits for another turn.
trap 'ends=yes; again=yes; kill -TERM "$worker"' USR1
# Preempted, after which Slurm requeues, or cancelled: the worker is told by Slurm itself.
trap 'ends=yes' TERM

@program@ search -o . --join --jobs 1 &
worker=$!
wait "$worker"
status=$?
while kill -0 "$worker" 2>/dev/null; do wait "$worker"; done

if [ "$status" -gt 128 ] && [ -z "$ends" ] && [ "${SLURM_RESTART_COUNT:-0}" -lt 20 ]; then
  again=yes  # killed, as for want of memory: the step that it had is counted as a death
fi
if [ -n "$again" ] && [ ! -e work/cancelled ]; then
  task=$SLURM_JOB_ID
  [ -z "$SLURM_ARRAY_TASK_ID" ] || task=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
  scontrol requeue "$task" && exit 0
fi
exit "$status"
)";

void check_word(const std::string& name, const std::string& text) {
  const bool plain =
      std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '"'; });
  if (!plain) throw InvalidInput("--" + name + " " + text + " holds blanks or quotes; Slurm's names have none");
}

void check_memory(const std::string& text) {
  if (text.empty()) return;
  std::string_view digits = text;
  if (digits.find_last_of("KMGT") == digits.size() - 1) digits.remove_suffix(1);
  const auto size = number<std::int64_t>(digits);
  if (!size || *size < 1)
    throw InvalidInput("--memory " + text + " is no size of Slurm; give a whole number with K, M, G or T, such as 4G");
}

/// How long before the limit the worker is told: it may be within an epoch.
std::int64_t notice_seconds(const SlurmSettings& settings) {
  constexpr std::int64_t usual = 180;
  if (settings.time.empty()) return usual;
  const auto seconds = slurm_seconds(settings.time);
  if (!seconds || *seconds < minute) {
    throw InvalidInput("--time " + settings.time +
                       " is no time limit of Slurm; give minutes, H:M:S or D-H:M:S, one minute at least");
  }
  return std::min(usual, *seconds / 2);
}

void append_array(const fs::path& folder, const SlurmArray& array) {
  const fs::path file = folder / arrays_file;
  std::string text = fs::exists(file) ? whole_file(file) : "";
  text += array.job + " " + std::to_string(array.workers) + "\n";
  write_atomically(file, text);
}

std::string job_list(std::span<const SlurmArray> arrays) {
  std::string jobs;
  for (const SlurmArray& array : arrays) jobs += (jobs.empty() ? "" : ",") + array.job;
  return jobs;
}

/// What a command of Slurm gives; nothing where there is none or it fails.
std::optional<std::string> ask_slurm(std::vector<std::string> words, const TaskControl& control) {
  try {
    const ChildOutcome outcome = run_process({.words = std::move(words)}, control);
    if (outcome.status == 0) return outcome.output;
  } catch (const ResourceError&) {
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> slurm_seconds(std::string_view time) {
  std::int64_t days = 0;
  const std::size_t dash = time.find('-');
  const bool has_days = dash != std::string_view::npos;
  if (has_days) {
    const auto given = number<std::int64_t>(time.substr(0, dash));
    if (!given || *given < 0 || *given > 3650) return std::nullopt;
    days = *given;
    time.remove_prefix(dash + 1);
  }
  std::vector<std::int64_t> parts;
  for (std::string_view rest = time;;) {
    const std::size_t colon = rest.find(':');
    const auto part = number<std::int64_t>(rest.substr(0, colon));
    constexpr std::int64_t largest = 100'000'000;
    if (!part || *part < 0 || *part > largest) return std::nullopt;
    parts.push_back(*part);
    if (colon == std::string_view::npos) break;
    rest.remove_prefix(colon + 1);
  }
  if (parts.size() > 3) return std::nullopt;
  // With days the first part is hours, as it is of three; else minutes.
  if (!has_days && parts.size() < 3) parts.insert(parts.begin(), 0);
  parts.resize(3);
  return ((days * 24 + parts[0]) * 60 + parts[1]) * 60 + parts[2];
}

std::optional<std::int64_t> slurm_time_limit(std::string_view partition, const TaskControl& control) {
  const auto text = ask_slurm({"sinfo", "--noheader", "--format=%P %l"}, control);
  if (!text) return std::nullopt;
  for (std::string_view rest = *text; !rest.empty();) {
    std::string_view line = next_line(rest);
    std::string_view name = next_word(line);
    const bool is_default = name.ends_with('*');
    if (is_default) name.remove_suffix(1);
    if (partition.empty() ? is_default : name == partition) return slurm_seconds(next_word(line));
  }
  return std::nullopt;
}

std::string slurm_script(const SlurmSettings& settings, const fs::path& program) {
  std::string script =
      "#!/bin/bash\n"
      "# A worker of the search in the folder that it starts in. Written by dnm search --slurm.\n"
      "#SBATCH --job-name=dnm-search\n"
      "#SBATCH --output=slurm/%A_%a.log\n"
      "#SBATCH --open-mode=append\n"
      "#SBATCH --requeue\n"
      "#SBATCH --ntasks=1\n"
      "#SBATCH --cpus-per-task=1\n";
  script += "#SBATCH --signal=B:USR1@" + std::to_string(notice_seconds(settings)) + "\n";
  const std::array<std::pair<const char*, const std::string*>, 4> given{{{"partition", &settings.partition},
                                                                         {"account", &settings.account},
                                                                         {"time", &settings.time},
                                                                         {"mem", &settings.memory}}};
  for (const auto& [name, text] : given) {
    check_word(name, *text);
    if (!text->empty()) script += std::string("#SBATCH --") + name + "=" + *text + "\n";
  }
  check_memory(settings.memory);
  std::string commands(body);
  constexpr std::string_view placeholder = "@program@";
  return script + commands.replace(commands.find(placeholder), placeholder.size(), shell_word(program.string()));
}

std::vector<std::vector<std::string>> sbatch_commands(const SlurmSettings& settings, const fs::path& folder) {
  std::vector<std::vector<std::string>> commands;
  for (std::int64_t left = settings.workers; left > 0; left -= most_tasks) {
    const std::int64_t last = std::min(left, most_tasks) - 1;
    commands.push_back({"sbatch", "--parsable", "--chdir", folder.string(), "--array", "0-" + std::to_string(last),
                        (folder / script_file).string()});
  }
  return commands;
}

std::vector<SlurmArray> slurm_arrays(const fs::path& folder) {
  std::vector<SlurmArray> arrays;
  std::ifstream file(folder / arrays_file);
  for (SlurmArray array; file >> array.job >> array.workers;) arrays.push_back(array);
  return arrays;
}

std::vector<SlurmArray> submit_workers(const SlurmSettings& settings, const fs::path& folder, const fs::path& program,
                                       const TaskControl& control) {
  const std::string script = slurm_script(settings, program);
  std::error_code error;
  fs::create_directories(folder / "slurm", error);
  write_atomically(folder / script_file, script);
  std::vector<SlurmArray> submitted;
  std::int64_t left = settings.workers;
  for (const auto& words : sbatch_commands(settings, folder)) {
    const ChildOutcome outcome = run_process({.words = words}, control);
    if (outcome.status != 0)
      throw ResourceError("Slurm did not take the workers: " + one_line(outcome.errors) +
                          "; change the options that it names, or ask the cluster's support");
    // "JOB" or "JOB;CLUSTER"
    const SlurmArray array{one_line(outcome.output.substr(0, outcome.output.find(';'))), std::min(left, most_tasks)};
    if (array.job.empty())
      throw ResourceError(
          "sbatch named no job; look with squeue whether its workers are there, and cancel them or go on");
    left -= array.workers;
    append_array(folder, array);
    submitted.push_back(array);
  }
  return submitted;
}

std::optional<std::map<std::string, std::int64_t>> slurm_states(std::span<const SlurmArray> arrays,
                                                                const TaskControl& control) {
  if (arrays.empty()) return std::nullopt;
  // Of jobs that are long over squeue knows nothing, which is an error where it is asked for them alone.
  std::map<std::string, std::int64_t> states;
  const auto text = ask_slurm({"squeue", "--noheader", "--array", "--me", "--format=%F %T"}, control);
  if (!text) return std::nullopt;
  std::string_view rest = *text;
  while (!rest.empty()) {
    std::string_view line = next_line(rest);
    const std::string_view job = next_word(line);
    const bool is_ours =
        std::any_of(arrays.begin(), arrays.end(), [&](const SlurmArray& array) { return array.job == job; });
    if (is_ours) ++states[std::string(next_word(line))];
  }
  return states;
}

std::string slurm_words(std::span<const SlurmArray> arrays,
                        const std::optional<std::map<std::string, std::int64_t>>& states) {
  if (arrays.empty()) return {};
  std::string words = arrays.size() == 1 ? "Slurm: job " : "Slurm: jobs ";
  for (const SlurmArray& array : arrays) words += (&array == &arrays.front() ? "" : ", ") + array.job;
  if (!states) return words + "; squeue cannot be asked here";
  if (states->empty()) return words + "; none of its workers is queued or running";
  std::string between = ": ";
  for (const auto& [state, count] : *states) {
    words += between + std::to_string(count) + " " + lower_case(state);
    between = ", ";
  }
  return words;
}

bool cancel_waiting_workers(std::span<const SlurmArray> arrays, const TaskControl& control) {
  if (arrays.empty()) return true;
  return ask_slurm({"scancel", "--quiet", "--state=PENDING", job_list(arrays)}, control).has_value();
}

}  // namespace dnm
