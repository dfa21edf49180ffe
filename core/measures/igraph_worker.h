// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace dnm {

/// The one thread that igraph runs on. Callers wait for their job until they are stopped: igraph checks for stops only
/// occasionally, so it may run on after its caller has left, and the result is then dropped. A job must therefore own
/// everything it touches.
class IgraphWorker {
 public:
  /// Ends with the program, after the remaining jobs; those were stopped and end soon.
  static IgraphWorker& instance();
  ~IgraphWorker();
  IgraphWorker(const IgraphWorker&) = delete;
  IgraphWorker& operator=(const IgraphWorker&) = delete;
  IgraphWorker(IgraphWorker&&) = delete;
  IgraphWorker& operator=(IgraphWorker&&) = delete;

  /// Runs `work(stop)` on the thread, jobs in order of arrival, and returns its result. Throws what `work` throws, or
  /// Cancelled as soon as `stop` is requested.
  template <class Work>
  auto run(const std::stop_token& stop, Work work) {
    using Result = decltype(work(stop));
    auto result = std::make_shared<Result>();
    wait_for(stop, [result, work = std::move(work)](const std::stop_token& own) mutable { *result = work(own); });
    return std::move(*result);
  }
  /// Runs `work` at some later time, for objects that only igraph may free.
  void post(std::function<void()> work);

 private:
  using Work = std::function<void(const std::stop_token&)>;
  struct Job {
    Work work;
    std::stop_token stop;
    std::exception_ptr failure{};
    bool finished = false;
  };

  IgraphWorker();
  void wait_for(const std::stop_token& stop, Work work);
  void push(std::shared_ptr<Job> job);
  void run_jobs();

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::shared_ptr<Job>> waiting_;
  bool closing_ = false;
  std::jthread thread_;  // last: it uses everything above
};

}  // namespace dnm
