// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/run_folder.h"

#include <algorithm>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/files/atomic_file.h"
#include "core/files/network_tensors.h"
#include "core/files/utf8.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "training/runs/epochs_file.h"
#include "training/runs/run_file.h"
#include "training/runs/run_folder_files.h"

namespace dnm {
namespace {

constexpr const char* events_name = "events.out.tfevents.dnm";
constexpr std::string_view temporary_start = ".dnm-";  // what write_atomically leaves behind when it is killed

std::filesystem::path made(std::filesystem::path folder) {
  if (!is_utf8(folder.string())) {
    throw InvalidInput("the name of the run folder " + utf8_or_latin1(folder.string()) +
                       " is not UTF-8, as its files need; choose another one (Run folder, --run-dir)");
  }
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (!std::filesystem::is_directory(folder, code)) {
    throw FileError("cannot make the run folder " + folder.string() +
                    "; choose one where you may write (Run folder, --run-dir)");
  }
  return folder;
}

/// A run keeps a checkpoint of each epoch before its line of epochs.csv: with lines and without a checkpoint,
/// somebody has taken it away.
void check_no_epochs_without_checkpoint(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / epochs_file_name;
  std::error_code code;
  if (!std::filesystem::exists(file, code)) return;
  const std::size_t epochs = read_epochs(file).size();
  if (epochs == 0) return;
  throw FileError("the checkpoint of the run in " + folder.string() + " is missing, and without it the records of " +
                  counted(epochs, "epoch") + " would be replaced; put " + checkpoint_file_name +
                  " back, or choose another run folder (Run folder, --run-dir)");
}

}  // namespace

RunFolder::RunFolder(std::filesystem::path path, bool resume, const TaskMetrics& metrics)
    : path_(made(std::move(path))),
      metrics_(&metrics),
      lock_(path_, "a run"),
      events_(path_ / events_name, metrics),
      topology_(path_ / topology_file_name),
      updates_(path_ / updates_file_name, *metrics.leading) {
  if (!resume && holds_run(path_)) {
    throw InvalidInput(
        "the run folder " + path_.string() +
        " holds a run already; resume it (Resume, --resume) or choose another one (Run folder, --run-dir)");
  }
}

ResumePoint RunFolder::resume_point() const {
  std::error_code code;
  ResumePoint point;
  std::optional<FileError> damage;  // of the first that cannot be used
  // A run killed between the two renames of a save leaves a whole newest checkpoint under its unfinished name; then no
  // notice is due.
  for (const char* name : {checkpoint_file_name, unfinished_checkpoint_name, previous_checkpoint_name}) {
    if (!std::filesystem::exists(path_ / name, code)) continue;
    try {
      point.checkpoint = load_checkpoint(path_ / name);
      // The save that was cut off is ended now: the run may have no other one to come.
      if (name == unfinished_checkpoint_name && !std::filesystem::exists(path_ / checkpoint_file_name, code)) {
        std::filesystem::rename(path_ / name, path_ / checkpoint_file_name, code);
      }
      break;
    } catch (const FileError& error) {
      if (!damage) damage = error;
    }
  }
  if (!point.checkpoint && !damage) check_no_epochs_without_checkpoint(path_);
  if (!damage) return point;
  if (!point.checkpoint) throw FileError(*damage);
  const std::string what = damage->what();
  point.notice = what.substr(0, what.rfind(';')) + "; continuing from the previous one, at epoch " +
                 std::to_string(point.checkpoint->position.epochs_done + 1);
  return point;
}

void RunFolder::begin(const std::string& config, const RunHistory& history, std::span<const UpdateResult> updates,
                      bool rewires) {
  std::error_code code;
  for (const auto& entry : std::filesystem::directory_iterator(path_, code)) {
    if (entry.path().filename().string().starts_with(temporary_start)) std::filesystem::remove(entry.path(), code);
  }
  config_ = config;
  rewires_ = rewires;
  write_atomically(path_ / config_file_name, config_);
  write_lines(history);
  if (rewires_) updates_.begin(updates);
  events_.begin(history, updates);
}

void RunFolder::write_lines(const RunHistory& history) {
  std::string lines = epochs_header(*metrics_) + '\n';
  for (const EpochResult& result : history) lines += epochs_line(*metrics_, result) + '\n';
  write_atomically(path_ / epochs_file_name, lines);
  epochs_ = std::ofstream(path_ / epochs_file_name, std::ios::app);
  check_written();
  lines_ = history.size();
}

void RunFolder::add(const RunHistory& history, std::span<const UpdateResult> updates) {
  std::error_code code;
  for (const char* name : {config_file_name, epochs_file_name, events_name, updates_file_name}) {
    if (name == updates_file_name && !rewires_) continue;
    // Somebody has taken the folder away and put another one there.
    if (!std::filesystem::exists(path_ / name, code)) return begin(std::string(config_), history, updates, rewires_);
  }
  add_line(history);
  if (rewires_) updates_.add(updates);
  events_.add(history, updates);
}

TopologyHistory RunFolder::begin_topology(const std::vector<NamedMask>& now, std::uint64_t updates) {
  return topology_.begin(now, updates);
}

std::vector<UpdateResult> RunFolder::with_kept_updates(std::vector<UpdateResult> told, std::uint64_t updates) const {
  std::error_code code;
  if (!std::filesystem::exists(path_ / updates_file_name, code)) return told;
  try {
    for (UpdateResult& kept : read_updates(path_ / updates_file_name)) {
      const bool is_told = std::ranges::find(told, kept.update, &UpdateResult::update) != told.end();
      if (!is_told && kept.update <= updates) told.push_back(std::move(kept));
    }
  } catch (const FileError&) {
    // Its run writes it again, as far as it knows.
  }
  std::ranges::sort(told, {}, &UpdateResult::update);
  return told;
}

void RunFolder::add_topology(const TopologyEvent& event, const std::vector<NamedMask>& now) {
  topology_.add(event, now);
}

void RunFolder::add_line(const RunHistory& history) {
  if (lines_ == history.size()) return;  // an earlier try came this far
  if (!epochs_) {
    write_lines(history);
    return;
  }
  epochs_ << epochs_line(*metrics_, history.back()) << '\n' << std::flush;
  check_written();
  lines_ = history.size();
}

void RunFolder::save(const Checkpoint& checkpoint) const {
  const std::filesystem::path newest = path_ / checkpoint_file_name;
  const std::filesystem::path unfinished = path_ / unfinished_checkpoint_name;
  save_checkpoint(unfinished, checkpoint);
  std::error_code code;
  if (std::filesystem::exists(newest, code)) std::filesystem::rename(newest, path_ / previous_checkpoint_name, code);
  if (!code) std::filesystem::rename(unfinished, newest, code);
  if (code) throw FileError("cannot write " + newest.string() + ": " + code.message() + "; see what is in its way");
}

void RunFolder::check_written() const {
  if (!epochs_) throw cannot_write(path_ / epochs_file_name);
}

}  // namespace dnm
