// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/memory.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <fstream>
#include <limits>
#include <optional>
#include <string>

#include "core/support/error.h"
#include "core/support/memory_limit.h"

namespace dnm {

namespace {

std::atomic<std::uint64_t> memory_limit = std::numeric_limits<std::uint64_t>::max();

std::optional<std::uint64_t> number_in(const char* path) {
  std::ifstream file(path);
  std::uint64_t value = 0;
  if (file >> value) return value;
  return std::nullopt;
}

/// Page cache that the kernel drops as soon as memory is needed; the cgroup counts it as used.
std::uint64_t reclaimable_in_cgroup() {
  std::ifstream statistics("/sys/fs/cgroup/memory.stat");
  std::string key;
  std::uint64_t value = 0;
  while (statistics >> key >> value) {
    if (key == "inactive_file") return value;
  }
  return 0;
}

std::string in_gibibytes(std::uint64_t bytes) {
  const double gibibytes = static_cast<double>(bytes) / (1024.0 * 1024.0 * 1024.0);
  const double rounded = std::round(gibibytes * 10.0) / 10.0;
  std::string text = std::to_string(rounded);
  return text.substr(0, text.find('.') + 2) + " GiB";
}

}  // namespace

void limit_memory(std::uint64_t bytes) { memory_limit = bytes; }

std::uint64_t available_memory() {
  std::uint64_t available = memory_limit;
  std::ifstream meminfo("/proc/meminfo");
  for (std::string key; meminfo >> key;) {
    if (key == "MemAvailable:") {
      std::uint64_t kibibytes = 0;
      if (meminfo >> kibibytes) available = std::min(available, kibibytes * 1024);
      break;
    }
  }
  const auto limit = number_in("/sys/fs/cgroup/memory.max");
  const auto used = number_in("/sys/fs/cgroup/memory.current");
  if (limit && used) {
    const std::uint64_t held = *used - std::min(*used, reclaimable_in_cgroup());
    available = std::min(available, *limit > held ? *limit - held : 0);
  }
  return available;
}

void require_memory(std::uint64_t bytes, std::string_view what) {
  const std::uint64_t available = available_memory();
  if (bytes > available) {
    throw ResourceError(std::string(what) + " would take about " + in_gibibytes(bytes) + ", but only " +
                        in_gibibytes(available) + " of memory is free; choose smaller layers or a higher sparsity");
  }
}

}  // namespace dnm
