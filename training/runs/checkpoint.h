// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "training/layers/batch_sums.h"
#include "training/layers/engine.h"
#include "training/layers/named_mask.h"
#include "training/layers/parameter_state.h"
#include "training/rewiring/rewiring_rule.h"
#include "training/runs/training_module.h"
#include "training/settings/training_settings.h"

namespace dnm {

/// Where a run stands inside an epoch. Orders of examples and first weights follow from the seed, so no generator's
/// state is needed to continue to the same bits.
struct RunPosition {
  int epochs_done = 0;
  std::uint64_t steps_done = 0;    ///< of the next epoch
  BatchSums so_far{};              ///< of those steps
  double seconds = 0.0;            ///< spent on them
  std::uint64_t updates_done = 0;  ///< of the topology, in the whole run
};

/// A run that was to train so many epochs was given more of them after it had trained some.
struct Lengthening {
  std::int64_t epochs = 0;   ///< that it was to train before
  std::int64_t trained = 0;  ///< when it was given more
};

/// Everything a stopped or killed run needs to continue.
struct Checkpoint {
  TrainingSettings settings;
  std::vector<Lengthening> lengthenings{};  ///< first to last; `settings` has the epochs as they are now
  std::vector<NamedMask> layers;            ///< of the model, in its order
  std::vector<Engine> engines;              ///< sparse or masked for each of them
  /// Of each of them (falling_engines.h); empty: their engines stay.
  std::vector<std::uint64_t> links_to_become_sparse{};
  Device device = Device::cpu;
  /// Task::checksum of what it was trained with; none: it was not written down, and any data will do.
  std::optional<std::uint32_t> data_checksum{};
  std::vector<std::string> slots;  ///< of the optimiser, by name, in the order of ParameterState::slots
  ModelState state;
  RunPosition position;
  RunHistory history;
  RuleMemory rule_memory{};
};

/// Writes it whole or not at all. The file is a dictionary in PyTorch's own archive format (a zip file), whose comment
/// holds a checksum; `torch.load` reads it. It names its tensors: for each name of the list "layers"
/// NAME.mask.row_begin (int64) and NAME.mask.columns (int32), with the numbers NAME.mask.n_in and NAME.mask.n_out,
/// NAME.mask.dense, the text NAME.engine, and NAME.links_to_become_sparse where there is such a number; for each name
/// of the list "parameters" the tensor NAME (float32, of a masked weight one per link) and NAME.SLOT for each name of
/// the list "slots"; for each name of "rule_memory" rule.NAME (int64); "lengthenings" (int64), the numbers of each one
/// after the other. O(links) time; while it is put together it takes 12 to 24 bytes a link. Throws FileError.
void save_checkpoint(const std::filesystem::path& path, const Checkpoint& checkpoint);
/// Reads version 3, which save_checkpoint writes, and version 2, which knew the layers of a perceptron by number.
/// Throws FileError when it cannot be read, is damaged, is of another version, or holds what no run can have left
/// (links out of range, weights that do not fit them, unknown engines); ResourceError. Nothing in it is run. O(links).
[[nodiscard]] Checkpoint load_checkpoint(const std::filesystem::path& path);

}  // namespace dnm
