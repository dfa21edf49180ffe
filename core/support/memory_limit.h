// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace dnm {

/// From now on available_memory() is at most this many bytes, so that what would need more is refused: for tests, which
/// must not depend on the machine. Safe from any thread.
void limit_memory(std::uint64_t bytes);

}  // namespace dnm
