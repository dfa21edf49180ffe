// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "app/cli/network_options.h"
#include "app/workspace/experiments/experiment_runner.h"

namespace dnm::cli {

/// --jobs: how many runs train side by side.
class JobsOption {
 public:
  void declare(OptionParser& parser, const std::string& group);
  /// At most the processors, since every run keeps one of them busy; 0: all of them. Throws InvalidInput.
  [[nodiscard]] unsigned jobs() const;
  [[nodiscard]] bool is_given() const;

 private:
  TableOptions option_;
};

/// Among the options of the training table, a file in place of the name of a data set is the user's own data:
/// "--data iris.csv", and "--data-file iris.csv" alone, are "--data file --data-file iris.csv".
void name_data_file(TableOptions& options);

/// How an experiment is followed on the terminal.
struct FollowOptions {
  std::string label;  ///< of the line of progress
  /// Prefix of lines about the run of a seed; may be empty.
  std::function<std::string(std::uint64_t seed)> name{};
  /// Called once for each run, when its device and engines are known.
  std::function<void(const ExperimentRun&)> started{};
  std::function<void(const ExperimentRun&, const EpochResult&)> epoch{};
  /// An update of the topology, before the epoch in which it lies.
  std::function<void(const ExperimentRun&, const UpdateResult&)> update{};
};

/// Draws the network of a run by `draw` and prints its notices with the run's name.
[[nodiscard]] TopologyOfSeed topology_of_seed(
    const FollowOptions& options, std::function<SourceNetwork(std::uint64_t seed, const TaskControl&)> draw);

/// Starts the plan and follows its runs until all are over, with a line of progress. They train in parallel but are
/// reported one after the other, so that the output does not depend on the number of jobs. A stop request, or the
/// first failure, stops them after the current batch; results so far are kept. A run that waits for disk space
/// reports that on standard error. Throws ResourceError where training is not part of the build; a failed run throws
/// nothing.
[[nodiscard]] Experiment follow_experiment(ExperimentRunner& runner, ExperimentPlan plan, const FollowOptions& options,
                                           const std::stop_token& stop);

/// "layer 1 sparse 0.21 ms (masked 3.10 ms), layer 2 …; 48.3 times as fast as masked dense products; 248 MB".
[[nodiscard]] std::string engine_line(const TrainingProgress& progress);
/// "epoch  3/10  loss 0.4123  train 85.31 %  test 84.20 %  1.21 s".
[[nodiscard]] std::string epoch_line(const EpochResult& epoch, const TrainingSettings& settings);

}  // namespace dnm::cli
