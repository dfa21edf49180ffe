// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "training/models/mlp.h"
#include "training/runs/training_module.h"
#include "training/runs/training_settings.h"

namespace dnm {

/// Where a run stands inside an epoch. Orders of images and first weights follow from the seed, so no generator's
/// state is needed to go on to the same bits.
struct RunPosition {
  int epochs_done = 0;
  std::uint64_t images_done = 0;  ///< of the next epoch
  BatchSums so_far{};             ///< their loss and hits
  double seconds = 0.0;           ///< spent on them
};

/// Everything a stopped or killed run needs to go on.
struct Checkpoint {
  TrainingSettings settings;
  std::vector<NodeIndex> layer_sizes;  ///< without the classifier
  std::vector<Mask> masks;             ///< with it, as the last one
  std::vector<Engine> engines;         ///< sparse or masked for each of them
  Device device = Device::cpu;
  /// DataSet::checksum of what it was trained with; none: it was not written down, and any data will do.
  std::optional<std::uint32_t> data_checksum{};
  ModelState state;
  RunPosition position;
  RunHistory history;
  std::vector<std::int64_t> rule_memory{};  ///< RewiringRule::memory
};

/// Writes it whole or not at all. The file is a dictionary of tensors, numbers and texts in PyTorch's own archive
/// format (a zip file), whose comment holds a checksum. O(links) time; while it is put together it takes 12 to 24 bytes
/// a link. Throws FileError.
void save_checkpoint(const std::filesystem::path& path, const Checkpoint& checkpoint);
/// Throws FileError when it cannot be read, is damaged, is of another version, or holds what no run can have left
/// (links out of range, weights that do not fit them, unknown engines). O(links).
[[nodiscard]] Checkpoint load_checkpoint(const std::filesystem::path& path);

}  // namespace dnm
