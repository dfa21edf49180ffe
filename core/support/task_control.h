// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <stop_token>

#include "core/support/error.h"

namespace dnm {

/// Passed to every long-running function: a stop token and a progress callback. Contract: a function that takes one
/// ends within 100 ms of a stop by throwing Cancelled.
struct TaskControl {
  std::stop_token stop{};
  /// Called with the finished fraction in [0, 1], from any thread, never while a lock is held.
  std::function<void(double)> progress{};

  /// Throws Cancelled once a stop was requested.
  void check() const {
    if (stop.stop_requested()) throw Cancelled();
  }
  void report(double fraction) const {
    if (progress) progress(fraction);
  }
};

}  // namespace dnm
