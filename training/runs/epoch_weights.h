// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "training/runs/checkpoint.h"

namespace dnm {

// Parameters at the ends of epochs, kept in a run's folder to be averaged.

/// Parameters and the masks they are on.
struct EpochWeights {
  std::vector<NamedMask> layers;
  ModelState state;  ///< without slots
};

/// "weights.epoch-7.pt"
[[nodiscard]] std::string epoch_weights_name(int epoch);
/// A checkpoint without the optimiser's slots, history, position and whatever else depends on when and where the run
/// was trained: the same parameters give the same bytes. 8 bytes a link. Throws FileError.
void save_epoch_weights(const std::filesystem::path& folder, int epoch, const TrainingSettings& settings,
                        const std::vector<Engine>& engines, const EpochWeights& weights);
/// Throws FileError, ResourceError.
[[nodiscard]] EpochWeights load_epoch_weights(const std::filesystem::path& folder, int epoch);
/// Throws FileError when one of these epochs has no file.
void require_epoch_weights(const std::filesystem::path& folder, int first, int last);
/// Removes those of earlier epochs.
void remove_epoch_weights_before(const std::filesystem::path& folder, int epoch);

/// The first of the epochs that are averaged when a run of so many has ended.
[[nodiscard]] inline int first_averaged(std::int64_t epochs, std::int64_t averaged) {
  return static_cast<int>(averaged >= epochs ? 1 : epochs - averaged + 1);
}
/// The mean of the parameters at the ends of these epochs (WeightAverage), on the links of the last.
[[nodiscard]] EpochWeights mean_weights(int first, int last, const std::function<EpochWeights(int epoch)>& load);

}  // namespace dnm
