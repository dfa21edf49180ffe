// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "core/support/parallel.h"
#include "core/support/task_control.h"

namespace dnm {

/// Computes `compute(index, control)` for index 0, 1, … count - 1 on up to `threads` threads (0: all available) and
/// passes the results to `take(index, result)` in ascending order, one at a time and never while a lock is held. Once
/// `take` returns false no further result is taken and computations still running are stopped, so that the results
/// taken do not depend on the number of threads. The control given to `compute` has no progress.
template <class Result, class Compute, class Take>
void ordered_results(std::size_t count, unsigned threads, const TaskControl& control, Compute compute, Take take) {
  std::stop_source enough;
  const std::stop_callback pass_on(control.stop, [&] { enough.request_stop(); });
  const TaskControl inner{enough.get_token(), {}};
  std::mutex mutex;
  std::vector<std::optional<Result>> waiting(count);
  std::size_t next = 0;
  bool taking = false;
  bool done = false;
  const auto hand_over = [&](std::size_t index, Result result) {
    std::unique_lock lock(mutex);
    waiting[index] = std::move(result);
    if (taking) return;
    taking = true;
    while (!done && next < count && waiting[next]) {
      const std::size_t present = next++;
      Result value = std::move(*waiting[present]);
      waiting[present].reset();
      lock.unlock();
      const bool more = take(present, std::move(value));
      lock.lock();
      done = !more;
    }
    taking = false;
    const bool ended = done;
    lock.unlock();
    if (ended) enough.request_stop();
  };
  try {
    parallel_for(count, threads, [&](std::size_t index) {
      inner.check();
      hand_over(index, compute(index, inner));
    });
  } catch (...) {
    if (!done) throw;  // else it belongs to a result that is no longer needed
  }
}

}  // namespace dnm
