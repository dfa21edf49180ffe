// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/epoch_weights.h"

#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/files/file_text.h"
#include "core/support/error.h"
#include "training/runs/weight_average.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view name_begin = "weights.epoch-";
constexpr std::string_view name_end = ".pt";

/// The inverse of epoch_weights_name.
std::optional<int> epoch_of(std::string_view name) {
  if (!name.starts_with(name_begin) || !name.ends_with(name_end)) return std::nullopt;
  name.remove_prefix(name_begin.size());
  name.remove_suffix(name_end.size());
  return number<int>(name);
}

}  // namespace

std::string epoch_weights_name(int epoch) {
  return std::string(name_begin) + std::to_string(epoch) + std::string(name_end);
}

void save_epoch_weights(const fs::path& folder, int epoch, const TrainingSettings& settings,
                        const std::vector<Engine>& engines, const EpochWeights& weights) {
  Checkpoint made;
  made.settings = settings;
  const TrainingSettings usual;
  made.settings.data_folder = usual.data_folder;
  made.settings.run_folder = usual.run_folder;
  made.settings.resume = usual.resume;
  made.settings.checkpoint_seconds = usual.checkpoint_seconds;
  // A run that is trained for longer goes on with the same parameters.
  made.settings.epochs = epoch;
  made.layers = weights.layers;
  made.engines = engines;
  made.state = weights.state;
  save_checkpoint(folder / epoch_weights_name(epoch), made);
}

EpochWeights load_epoch_weights(const fs::path& folder, int epoch) {
  Checkpoint read = load_checkpoint(folder / epoch_weights_name(epoch));
  return {std::move(read.layers), std::move(read.state)};
}

void require_epoch_weights(const fs::path& folder, int first, int last) {
  std::error_code code;
  for (int epoch = first; epoch <= last; ++epoch) {
    if (fs::exists(folder / epoch_weights_name(epoch), code)) continue;
    throw FileError("the parameters of epoch " + std::to_string(epoch) + ", " + epoch_weights_name(epoch) +
                    ", which the run averages, are gone from " + folder.string() +
                    "; put the file back or start the run again in another folder");
  }
}

void remove_epoch_weights_before(const fs::path& folder, int epoch) {
  std::error_code code;
  std::vector<fs::path> old;
  for (const auto& entry : fs::directory_iterator(folder, code)) {
    const auto of = epoch_of(entry.path().filename().string());
    if (of && *of < epoch) old.push_back(entry.path());
  }
  for (const fs::path& path : old) fs::remove(path, code);
}

EpochWeights mean_weights(int first, int last, const std::function<EpochWeights(int epoch)>& load) {
  EpochWeights newest = load(last);
  WeightAverage average(newest.layers, newest.state);
  for (int epoch = last - 1; epoch >= first; --epoch) {
    const EpochWeights weights = load(epoch);
    average.add(weights.layers, weights.state);
  }
  newest.state = average.mean();
  return newest;
}

}  // namespace dnm
