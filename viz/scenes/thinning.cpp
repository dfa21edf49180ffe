// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/thinning.h"

#include "core/support/digits.h"

namespace dnm {

namespace {

// Finaliser of SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195).
std::uint64_t scramble(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31);
}

}  // namespace

std::uint64_t Thinning::item(std::uint64_t index) const {
  if (is_complete()) return index;
  // floor(index · total / shown) without overflow.
  const std::uint64_t whole = total_ / shown_, rest = total_ % shown_;
  const std::uint64_t first = index * whole + index * rest / shown_;
  const std::uint64_t next = (index + 1) * whole + (index + 1) * rest / shown_;
  return first + scramble(index) % (next - first);
}

std::string thinning_note(const Thinning& thinning, std::string_view items) {
  if (thinning.is_complete()) return {};
  return with_commas(thinning.shown()) + " of " + with_commas(thinning.total()) + " " + std::string(items) + " drawn";
}

}  // namespace dnm
