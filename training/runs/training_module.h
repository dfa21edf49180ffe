// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/network.h"
#include "core/support/task_control.h"
#include "training/layers/layer_timing.h"
#include "training/layers/named_mask.h"
#include "training/metrics/epoch_result.h"
#include "training/metrics/update_result.h"
#include "training/models/topology_source.h"
#include "training/rewiring/topology_event.h"
#include "training/settings/training_settings.h"

namespace dnm {

enum class RunState { preparing, running, paused, finished, stopped, failed };
/// "preparing", "running" …
[[nodiscard]] std::string_view run_state_name(RunState state);
/// Whether a run in this state does nothing more: finished, stopped or failed.
[[nodiscard]] bool is_over(RunState state);

/// What a run reports; taken with TrainingRun::poll.
struct TrainingProgress {
  RunState state = RunState::preparing;
  int epoch = 0;  ///< being trained, from 1
  int epochs = 0;
  double epochs_before = 0.0;        ///< that were trained before it was resumed, with the part of one
  std::uint64_t updates_before = 0;  ///< of its topology that were made by then
  double epoch_fraction = 0.0;       ///< of the epoch under way
  double loss = 0.0;                 ///< running mean of the epoch under way
  double examples_per_second = 0.0;  ///< trained in the epoch under way, or in all once it is over; without evaluation
  double links_per_second = 0.0;     ///< examples_per_second times the links of the net, classifier included
  std::uint64_t memory_bytes = 0;    ///< what the run holds at least: data, topology, weights, activations
  /// How many times faster a step's layers are than masked dense products on one core, measured at the start; NaN
  /// before that and on a GPU.
  double masked_speed_up = std::numeric_limits<double>::quiet_NaN();
  std::vector<LayerTiming> layer_timings{};  ///< empty until measured
  double seconds_left = 0.0;                 ///< from a running median of epoch times; NaN before the first is known
  std::string device;                        ///< "cpu (AVX2 sparse kernels)", "cuda:0 …"
  std::string engine;                        ///< "sparse", "masked", or "mixed" when layers differ
  std::string problem;                       ///< one sentence when failed, or while paused for want of disk space
  std::vector<std::string> notices;          ///< since the last poll: what the user should know
  std::vector<EpochResult> epochs_done;      ///< those since the last poll
  /// Every update of the topology since the last poll; first those before a resume that the run folder has kept.
  std::vector<TopologyEventPointer> topology_events{};
  std::vector<UpdateResult> updates_done{};  ///< since the last poll, likewise; each once all its metrics are known
  /// The sparse layers of the newest topology when it changed since the last poll; else null.
  NamedMasksPointer rewired{};
};

/// A run in the background. All calls are quick and thread-safe; none waits for a training step but the destructor,
/// which stops the run (within 100 ms) and joins.
class TrainingRun {
 public:
  virtual ~TrainingRun() = default;
  virtual void pause() = 0;
  virtual void resume() = 0;
  /// Stops after the batch under way; what was reached is kept, with a checkpoint when there is a run folder.
  virtual void stop() = 0;
  /// The state now and everything new since the last poll: never blocks the run. Topology events are all kept until
  /// then, of epochs the last 4096.
  [[nodiscard]] virtual TrainingProgress poll() = 0;
};

/// How a trained run translates.
struct TranslatorRequest {
  std::filesystem::path checkpoint;   ///< of the run; its vocabularies lie beside it
  std::optional<std::size_t> beam{};  ///< empty: that of the run, like what follows
  std::optional<double> length_penalty{};
  std::optional<unsigned> threads{};
  /// Those of the checkpoint, even where the mean of the last epochs' parameters translated the test part.
  bool newest_parameters = false;
};

/// A trained run that translates text. Not thread-safe.
class TextTranslator {
 public:
  virtual ~TextTranslator() = default;
  /// What the user should know, one sentence each.
  [[nodiscard]] virtual const std::vector<std::string>& notices() const = 0;
  /// Of each line (UTF-8, without line ends) its translation, without line ends; of a blank line an empty one.
  /// `lines_before` were translated earlier: messages count from the first. Throws InvalidInput for a line of more
  /// pieces than a step of the training had places, ResourceError, Cancelled.
  [[nodiscard]] virtual std::vector<std::string> translate(std::span<const std::string> lines,
                                                           std::uint64_t lines_before, const TaskControl& control) = 0;
  /// A reference translation as scores take it: splits of words joined, where the run has words.
  [[nodiscard]] virtual std::string reference(const std::string& line) const = 0;
};

/// The whole of `training` as other libraries see it; loaded at first use (app/workspace), since Torch costs half a
/// second.
class TrainingModule {
 public:
  virtual ~TrainingModule() = default;
  /// Checks settings, data files and shapes (ModelKind::topology), then starts the run. Throws InvalidInput, FileError,
  /// ResourceError.
  [[nodiscard]] virtual std::unique_ptr<TrainingRun> start(TopologySource source, const TrainingSettings& settings) = 0;
  /// Bytes that such a run holds at least: data, topology, weights, activations. Throws like start().
  [[nodiscard]] virtual std::uint64_t memory_bytes(TopologySource source, const TrainingSettings& settings) = 0;
  /// Reads a checkpoint and its vocabularies. Throws InvalidInput for a run that translates nothing; FileError,
  /// ResourceError, Cancelled.
  [[nodiscard]] virtual std::unique_ptr<TextTranslator> translator(const TranslatorRequest& request,
                                                                   const TaskControl& control) = 0;
};

/// Exported by the module as `dnm_training_module`; the object lives as long as the program.
using TrainingModuleEntry = TrainingModule* (*)();

}  // namespace dnm
