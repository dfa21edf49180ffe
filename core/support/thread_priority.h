// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace dnm {

/// How a thread stands back behind those of the usual priority where processors are short. In Linux's niceness: against
/// one busy thread it gets a quarter, a tenth or a hundredth of a processor.
enum class ThreadPriority { low = 5, lower = 10, lowest = 19 };

/// Gives the calling thread, and those that it starts from now on, a lower priority; the lowest is for work that shall
/// hold up nothing. Never raises it. Does nothing where threads have no priority of their own.
inline void lower_thread_priority([[maybe_unused]] ThreadPriority priority = ThreadPriority::lowest) {
#ifdef __linux__
  const auto self = static_cast<id_t>(::gettid());
  if (::getpriority(PRIO_PROCESS, self) < static_cast<int>(priority))
    static_cast<void>(::setpriority(PRIO_PROCESS, self, static_cast<int>(priority)));
#endif
}

}  // namespace dnm
