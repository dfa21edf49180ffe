// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

/// The order in which the pipeline computes what it shows of a network.
namespace dnm::live {

/// igraph: the one thread that calls igraph; slow: what takes all threads for long; quick: everything else.
enum class Worker { quick, slow, igraph };

/// A stage is one of these, of one row of measure_table() where there are several.
enum class StageKind { measure, embedding, chance };

struct Stage {
  Worker worker;
  int cost;  ///< on the scale of measure_table(); cheaper stages come first
  StageKind kind;
  std::size_t slot = 0;  ///< row of measure_table(), where the kind has one
  bool operator==(const Stage&) const = default;
};

/// Stages of this cost or more wait until everything cheaper is done, whatever their worker.
constexpr int chance_cost = 100;

/// The stages of one request that wait or run. Not synchronised: its owner locks.
class StageQueue {
 public:
  void clear();
  /// Stages of equal cost come in the order given.
  void set_waiting(std::vector<Stage> stages);
  /// Whether take() would give this worker a stage. O(stages).
  [[nodiscard]] bool has_next(Worker worker) const;
  /// The cheapest waiting stage of this worker, which runs from then on; nothing while it must wait. Slow ones wait
  /// until everything cheaper is done, since they take all threads; comparisons with chance wait until there is a value
  /// to compare and nothing else left to compute. O(stages).
  [[nodiscard]] std::optional<Stage> take(Worker worker);
  /// `stage` runs no longer.
  void end(const Stage& stage);

 private:
  [[nodiscard]] std::vector<Stage>::const_iterator next(Worker worker) const;

  std::vector<Stage> waiting_;  // by cost
  std::vector<Stage> running_;
};

}  // namespace dnm::live
