// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/shared_work/work_loop.h"

namespace dnm::test {

/// What a simulated cluster is like. Times in seconds.
struct ClusterSettings {
  int trials = 1000;
  int tasks = 100;
  std::uint64_t seed = 1;
  double step = 120;            ///< median of a step; they are log-normal
  double start = 30;            ///< within which the tasks start
  double delay = 0.002;         ///< of a request to the server, median; half of it there, half back
  double slow_requests = 0.01;  ///< fraction of requests that take 1 to 5 s
  double stale = 30;            ///< how long a client keeps the list of a folder
  double deaths = 0;            ///< fraction of tasks that are killed during their first ten steps, and started anew
  double freezes = 0;           ///< fraction of steps in which the machine stands still for two lifetimes
  double lost_answers = 0;      ///< fraction of requests that are done but reported as failed
  double time_limit = 0;        ///< after which a task stops in order and is started anew; 0: none
  double full_from = 0;         ///< the disk is full from then
  double full_to = 0;           ///< until then
  WorkSettings work{};
};

/// One step that a task worked on.
struct SimulatedStep {
  std::string id, worker;
  double begin = 0;
  double end = 0;  ///< published, given up or killed
  bool was_frozen = false;
  bool is_complete = false;
};

struct ClusterReport {
  std::map<std::string, std::int64_t> requests;  ///< by kind, to the server
  double seconds = 0;                            ///< until all was done
  double busiest = 0;                            ///< requests in a second, the mean over the busiest minute
  std::int64_t files = 0;
  std::int64_t started = 0, killed = 0;  ///< tasks
  double worked = 0, wasted = 0;         ///< seconds of steps that were published, and of others
  std::vector<std::string> faults;       ///< what must not be; empty
  std::int64_t overlaps = 0;             ///< of two workers at the same item where none was frozen
  [[nodiscard]] std::int64_t all_requests() const;
};

/// Lets the worker loop itself run on many tasks at once, each in a context of its own that is left whenever it waits
/// for the server or for time, so that their requests interleave in every way. Nothing is random but by the seed.
/// Checks the folder afterwards by brute force.
[[nodiscard]] ClusterReport simulate_cluster(const ClusterSettings& settings);

}  // namespace dnm::test
