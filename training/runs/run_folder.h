// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "training/runs/checkpoint.h"
#include "training/runs/training_module.h"

namespace dnm {

/// Where a run leaves its traces: config.json, epochs.csv (a line per epoch, flushed) and checkpoint.pt.
class RunFolder {
 public:
  /// Makes the folder. Throws FileError when that fails, and InvalidInput when it holds a run already and `resume` is
  /// not asked for.
  RunFolder(std::filesystem::path path, bool resume);

  /// The checkpoint to go on from; none in a fresh folder.
  [[nodiscard]] std::optional<Checkpoint> checkpoint() const;
  /// Writes config.json and the lines of epochs.csv that are known so far.
  void begin(const std::string& config, const std::vector<EpochResult>& history);
  void add(const EpochResult& result);
  void save(const Checkpoint& checkpoint) const;

 private:
  void check_written() const;

  std::filesystem::path path_;
  std::ofstream epochs_;
};

}  // namespace dnm
