// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace dnm {

/// Bytes of memory this process can still allocate without swapping (Linux MemAvailable, capped by the cgroup limit).
[[nodiscard]] std::uint64_t available_memory();

/// Throws ResourceError, naming `what` and both amounts, when `bytes` is more than available_memory().
void require_memory(std::uint64_t bytes, std::string_view what);

}  // namespace dnm
