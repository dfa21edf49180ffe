// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/workspace/command_lines.h"
#include "app/workspace/experiments/experiment.h"

// Experiments that are made up, for tests of their chart.
namespace dnm::studio_test {

inline Experiment group_of(const std::string& name, std::size_t index, std::size_t seeds, int epochs) {
  Experiment group;
  group.id = index + 1;
  group.name = name;
  group.color = index;
  group.start.training.run_folder = "runs & co";
  for (std::size_t seed = 0; seed < seeds; ++seed) {
    group.start.seeds.push_back(seed);
    ExperimentRun run;
    run.seed = seed;
    run.waiting = false;
    run.progress.state = RunState::finished;
    for (int epoch = 1; epoch <= epochs; ++epoch) {
      EpochResult result;
      result.seed = seed;
      result.epoch = epoch;
      const double test = 0.8 + 0.01 * static_cast<double>(index) - 0.3 / epoch + 0.002 * static_cast<double>(seed);
      result.values.set("test_accuracy", test);
      result.values.set("train_accuracy", test + 0.03);
      result.values.set("train_loss", 0.2 + 1.0 / epoch);
      result.values.set("links", 0.0);
      result.values.set("seconds", 0.0);
      run.epochs.push_back(result);
    }
    group.runs.push_back(run);
  }
  group.command_line = training_command_line(group.start);
  return group;
}

/// "group 0", "group 1" … with three seeds each.
inline std::vector<Experiment> groups_of(std::size_t count, int epochs) {
  std::vector<Experiment> groups;
  for (std::size_t index = 0; index < count; ++index)
    groups.push_back(group_of("group " + std::to_string(index), index, 3, epochs));
  return groups;
}

}  // namespace dnm::studio_test
