// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// How often the program that allocations.cpp is linked into has asked for memory by operator new so far.
[[nodiscard]] std::uint64_t allocation_count();
