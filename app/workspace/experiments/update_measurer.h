// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "app/workspace/experiments/measured_updates.h"

namespace dnm {

/// Measures the updates of runs on one thread of the lowest priority, run folder by run folder, and waits there for
/// further ones. Its destructor stops what is being measured and joins. All calls are quick and thread-safe.
class UpdateMeasurer {
 public:
  UpdateMeasurer();
  ~UpdateMeasurer();
  UpdateMeasurer(const UpdateMeasurer&) = delete;
  UpdateMeasurer& operator=(const UpdateMeasurer&) = delete;

  /// The run folders whose updates are to be measured, in place of those before; none stops at once. `matrices`: the
  /// group of matrices, of runs that have it; the first group of others, and for an empty id.
  void want(std::vector<std::string> folders, std::string matrices = {});

  struct News {
    std::map<std::string, MeasuredGroup> measured;  ///< all values of folders that have new ones
    std::vector<std::string> problems;              ///< each said once
    bool is_busy = false;                           ///< whether something is being measured now
  };
  /// What is new since the last call.
  [[nodiscard]] News poll();

 private:
  void work(const std::stop_token& stop);

  std::mutex mutex_;  // guards all below
  std::condition_variable_any changed_;
  std::vector<std::string> folders_;
  std::string matrices_;
  std::stop_source wanted_;  ///< stopped when other folders are wanted
  News news_;
  std::jthread thread_;  // last: it uses everything above
};

}  // namespace dnm
