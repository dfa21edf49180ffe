// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <vector>

namespace dnm::test {

/// Functions that run one at a time, by a clock that goes on only while all of them wait.
class SimulatedTasks {
 public:
  SimulatedTasks();
  ~SimulatedTasks();
  SimulatedTasks(const SimulatedTasks&) = delete;
  SimulatedTasks& operator=(const SimulatedTasks&) = delete;

  /// Starts one at a time of the clock; it must let no exception out.
  void start(double time, std::function<void()> body);
  /// Until all have ended.
  void run();
  /// For the function that runs: goes on at that time.
  void wait_until(double time);
  [[nodiscard]] double now() const { return now_; }

 private:
  struct Task;
  struct Turn {
    double time;
    std::uint64_t order;
    Task* task;
    bool operator<(const Turn& other) const { return time != other.time ? time > other.time : order > other.order; }
  };
  static void enter(unsigned high, unsigned low);
  void resume(Task& task);

  std::priority_queue<Turn> turns_;
  std::vector<std::unique_ptr<Task>> tasks_;
  std::unique_ptr<Task> main_;
  Task* current_ = nullptr;
  double now_ = 0;
  std::uint64_t order_ = 0;
};

}  // namespace dnm::test
