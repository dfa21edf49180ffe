// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "core/support/folder_lock.h"
#include "training/runs/checkpoint.h"
#include "training/runs/event_file.h"
#include "training/runs/topology_file.h"
#include "training/runs/training_module.h"
#include "training/runs/updates_file.h"

namespace dnm {

/// Where a run continues.
struct ResumePoint {
  std::optional<Checkpoint> checkpoint;  ///< none in a fresh folder
  std::string notice;                    ///< why it is not the newest one; else empty
};

/// Where a run leaves its traces: config.json, epochs.csv (a line per epoch, flushed), an event file for
/// TensorBoard, topology.bin and updates.csv under a rewiring rule, checkpoint.pt and the one before it,
/// checkpoint.previous.pt. A save writes checkpoint.new.pt and then renames both, so that at every moment of it one of
/// the three is whole, whatever state the first was in.
class RunFolder {
 public:
  /// Makes the folder and keeps other runs out of it; `metrics` must outlive it. Throws FileError when that fails or a
  /// run is in progress there, and InvalidInput when it holds a run already and `resume` is not asked for.
  RunFolder(std::filesystem::path path, bool resume, const TaskMetrics& metrics);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// The newest checkpoint that can be used; a save that was cut off before its last step is ended. Throws FileError
  /// when there are some but all are damaged, or none while there are epochs, which a run from the start would replace.
  [[nodiscard]] ResumePoint resume_point() const;
  /// Writes config.json, and epochs.csv, updates.csv (where `rewires`) and the event file up to what is given.
  void begin(const std::string& config, const RunHistory& history, std::span<const UpdateResult> updates, bool rewires);
  /// Of a run under a rewiring rule: what is known of its updates (see TopologyFile::begin), and one more of them.
  /// Throw FileError.
  [[nodiscard]] TopologyHistory begin_topology(const std::vector<NamedMask>& now, std::uint64_t updates);
  /// `told` by topology.bin, and of the updates up to `updates` also those that updates.csv alone has kept. By update.
  [[nodiscard]] std::vector<UpdateResult> with_kept_updates(std::vector<UpdateResult> told,
                                                            std::uint64_t updates) const;
  void add_topology(const TopologyEvent& event, const std::vector<NamedMask>& now);
  /// Adds what is new to epochs.csv, updates.csv and the event file; after a failed write, or when the files are gone,
  /// it writes all of them again. Throws FileError.
  void add(const RunHistory& history, std::span<const UpdateResult> updates);
  /// Throws FileError; the earlier checkpoints are then still there.
  void save(const Checkpoint& checkpoint) const;

 private:
  void add_line(const RunHistory& history);
  void write_lines(const RunHistory& history);
  void check_written() const;

  std::filesystem::path path_;
  const TaskMetrics* metrics_;  ///< columns of epochs.csv
  FolderLock lock_;
  EventFile events_;
  TopologyFile topology_;
  UpdatesFile updates_;
  bool rewires_ = false;
  std::string config_;
  std::ofstream epochs_;   ///< bad after a failed write, which may have left half a line
  std::size_t lines_ = 0;  ///< epochs that epochs.csv holds
};

}  // namespace dnm
