// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace dnm {

/// Processors this process may run on (at least 1; honours the CPU affinity mask).
[[nodiscard]] unsigned available_threads();

/// Of `threads` (0: all available) as many as find `bytes` each in the memory that is free. Throws ResourceError,
/// naming `what`, when not even one does.
[[nodiscard]] unsigned threads_that_fit(unsigned threads, std::uint64_t bytes, std::string_view what);

/// Calls `body(index)` once for each index in [0, count), on up to `threads` threads (0: all available). The caller's
/// thread takes part; indices are assigned in ascending order. After the first exception no further index is assigned,
/// and it is rethrown here once every running body has returned.
void parallel_for(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& body);

}  // namespace dnm
