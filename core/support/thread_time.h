// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>

namespace dnm {

/// Milliseconds that this thread has computed: what others do on the machine counts little.
[[nodiscard]] inline double thread_milliseconds() {
  std::timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

}  // namespace dnm
