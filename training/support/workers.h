// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace dnm {

/// A run that computes, from its making to its end. While several do in this process, the Workers of each use no more
/// than its share of the processors that the process may use, and at least the caller's own; one alone has them all.
class ProcessorShare {
 public:
  ProcessorShare();
  ~ProcessorShare();
  ProcessorShare(const ProcessorShare&) = delete;
  ProcessorShare& operator=(const ProcessorShare&) = delete;
};

/// Threads that wait for the many short jobs of a training step. Who takes which job is left to chance, so a job
/// writes what no other job reads or writes, and results are the same for any number of threads. Their BLAS and
/// LibTorch run on one thread each. For one owner at a time.
class Workers {
 public:
  /// `threads`: at least 1, the caller's included.
  explicit Workers(unsigned threads);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  [[nodiscard]] unsigned threads() const { return static_cast<unsigned>(helpers_.size()) + 1; }
  /// Leaves the threads beyond the first `threads`, at least one, out of the jobs to come.
  void use(unsigned threads) { used_ = threads; }
  /// How many would take part in jobs now: what use() has left of them, and the share of the processors.
  [[nodiscard]] unsigned in_use() const;

  /// Calls job(number, worker) for every number below `count` and returns when all are done; `worker` is below
  /// threads(), and no two jobs of one worker run at once. Rethrows the first exception of a job.
  template <class Job>
  void run(std::size_t count, const Job& job) {
    if (count == 1 || in_use() == 1) {
      for (std::size_t i = 0; i < count; ++i) job(i, std::size_t{0});
      return;
    }
    run(count, &job,
        [](const void* self, std::size_t i, std::size_t worker) { (*static_cast<const Job*>(self))(i, worker); });
  }

 private:
  using Call = void (*)(const void* self, std::size_t i, std::size_t worker);
  void run(std::size_t count, const void* self, Call call);
  void take(std::size_t worker, std::unique_lock<std::mutex>& lock);

  std::vector<std::thread> helpers_;
  std::mutex mutex_;
  std::condition_variable begun_, done_;
  bool over_ = false;
  unsigned used_;
  std::size_t taking_ = 0;  ///< workers below this number take jobs
  std::size_t count_ = 0, next_ = 0, running_ = 0;
  const void* self_ = nullptr;
  Call call_ = nullptr;
  std::exception_ptr failure_;
};

}  // namespace dnm
