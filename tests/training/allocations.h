// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// How often the program that allocations.cpp is linked into has asked for memory by operator new so far.
[[nodiscard]] std::uint64_t allocation_count();
/// The bytes it has asked for so far, given back or not.
[[nodiscard]] std::uint64_t allocated_bytes();
