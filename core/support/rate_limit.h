// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>

namespace dnm {

/// Lets something happen at most once per interval, whichever threads ask.
class RateLimit {
 public:
  using Clock = std::chrono::steady_clock;

  /// The first time is due one interval after `last`.
  explicit RateLimit(Clock::duration interval, Clock::time_point last = Clock::now())
      : interval_(interval.count()), last_(last.time_since_epoch().count()) {}

  /// True, for one of the threads that ask, once the interval has passed since it was true before.
  [[nodiscard]] bool is_due() {
    const Clock::rep now = Clock::now().time_since_epoch().count();
    Clock::rep before = last_.load();
    return now - before >= interval_ && last_.compare_exchange_strong(before, now);
  }

 private:
  const Clock::rep interval_;
  std::atomic<Clock::rep> last_;
};

}  // namespace dnm
