// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace dnm {

/// Gives the calling thread, and those that it starts from now on, the lowest priority: for work that shall hold up
/// nothing. Does nothing where threads have no priority of their own.
inline void lower_thread_priority() {
#ifdef __linux__
  constexpr int lowest = 19;
  static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), lowest));
#endif
}

}  // namespace dnm
